import Monitoring
import Statistics
import Store

/// The grid of models that have rolling references and no rows to freeze one from: that of their first rows.
extension LiveWindows {
    /// How many rows the grid is frozen from.
    static let firstRowCount = 10_000

    /// Whether panes wait for such a grid.
    private var needsFirstRows: Bool {
        schema.featuresFixed && references.allSatisfy { $0.frozen == nil }
            && references.contains { $0.definition.rolling != nil }
    }

    /// How many more rows a model's references wait for, nil where they wait for none.
    func rowsToGrid() async throws -> Int? {
        guard needsFirstRows else { return nil }
        return max(Self.firstRowCount - (try await store.rowCount(model: id)), 0)
    }

    /// Freezes the grid once the rows are there and folds the log again; does nothing where no reference waits for it.
    func freezeFirstRows(at now: Time, gate: LogGate) async throws {
        guard needsFirstRows, !isChanging else { return }
        try beginChange()
        defer { isChanging = false }
        _ = try await freezeFirstRowsIfThere(at: now, gate: gate)
    }

    /// - Returns: whether the rows were there.
    func freezeFirstRowsIfThere(at now: Time, gate: LogGate) async throws -> Bool {
        guard needsFirstRows, try await store.rowCount(model: id) >= Self.firstRowCount else { return false }
        // By event time, id and version: which rows are the first does not depend on how they came.
        let first = try await LogReader(store: store).page(
            of: id, schema: schema, from: .earliest, to: .latest, after: nil, most: Self.firstRowCount)
        let name = ReferenceVersion.firstRows
        let summary = Reference.freezing(try await referenceRows(first.rows), schema: schema, name: ByteText(name))
        let stored = StoredReference(
            name: name, version: 1, effectiveFrom: nil, rowCount: Int64(summary.count), summary: summary.encoded(),
            createdAt: now)
        try await store.add(stored, model: id)
        let version = try ReferenceVersion(stored)
        references.append(version)
        fitting = [:]
        documents = []
        try await makeGeneration(schema, reference: version.key, effectiveFrom: nil, at: now, gate: gate)
        changes &+= 1
        return true
    }
}
