import Logging
import Monitoring
import Postgres
import Statistics
import Store

/// What a reference is made of.
enum ReferenceContent {
    /// Rows, still to be counted.
    case rows(ReferenceRows)
    /// Rows that were counted elsewhere, on grids of their own.
    case profile(Reference)
    /// Other rows for every window.
    case rolling
}

/// References and the generations of panes that follow from them.
extension LiveWindows {
    /// The newest version of each reference, by name.
    var newestReferences: [ReferenceVersion] {
        Dictionary(grouping: references.filter { !$0.isHidden }, by: { ByteText($0.name) }).values
            .compactMap { versions in versions.max { $0.version < $1.version } }
            .sorted { $0.name < $1.name }
    }

    /// The reference whose grids the newest generation uses, nil without one.
    var gridReference: ReferenceVersion.Key? {
        guard let stored = generations.last?.stored, stored.referenceVersion > 0 else { return nil }
        return ReferenceVersion.Key(name: ByteText(stored.referenceName), version: stored.referenceVersion)
    }

    /// The reference whose grids should be used: the newest frozen `training`, else what is used now, else the oldest other
    /// one, else the first rows.
    private var rightGridReference: ReferenceVersion? {
        let frozen = references.filter { $0.frozen != nil }
        let training = frozen.filter { ByteText($0.name) == ByteText(Self.training) }.max { $0.version < $1.version }
        if let training { return training }
        if let current = frozen.first(where: { $0.key == gridReference }) { return current }
        return frozen.filter { !$0.isHidden }.min { $0.createdAt < $1.createdAt } ?? frozen.first
    }

    /// Puts a new version of a reference in force.
    ///
    /// The first version of a name applies to all windows whose rows are kept, a later one to windows that end after
    /// `effectiveFrom` (the model's own time, unless told otherwise). Where the grids change, panes are folded again.
    func putReference(
        _ name: String, _ content: ReferenceContent, definition: ReferenceDefinition, effectiveFrom: Time?,
        at now: Time, gate: LogGate
    ) async throws -> (version: ReferenceVersion, isFirst: Bool) {
        try beginChange()
        defer { isChanging = false }
        let own = ByteText(name)
        let last = references.filter { ByteText($0.name) == own }.map(\.version).max() ?? 0
        let from = last == 0 ? nil : effectiveFrom ?? (watermark.isLive ? now : watermark.time)
        let version = try await keep(
            name, content, definition: definition, version: last + 1, effectiveFrom: from, at: now)
        let grid = gridReference
        do {
            try await takeRightGrid(effectiveFrom: from, at: now, gate: gate)
        } catch {
            // What is not in force must not be there after the next start either.
            references.removeAll { $0.key == version.key }
            try await store.deleteReference(model: id, name: name, version: version.version)
            throw error
        }
        if gridReference != grid { try await recountStretches(effectiveFrom: from, at: now) }
        changes &+= 1
        return (version, last == 0)
    }

    private func keep(
        _ name: String, _ content: ReferenceContent, definition: ReferenceDefinition, version: Int32,
        effectiveFrom: Time?, at now: Time
    ) async throws -> ReferenceVersion {
        let summary = try summary(of: content, name, version: version, effectiveFrom: effectiveFrom)
        let stored = StoredReference(
            name: name, version: version, effectiveFrom: effectiveFrom, rowCount: Int64(summary?.count ?? 0),
            summary: summary?.encoded() ?? [], createdAt: now, definition: definition.stored)
        do throws(PostgresError) {
            try await store.add(stored, model: id)
        } catch {
            guard error.sqlState == .uniqueViolation else { throw error }
            throw IngestError.busy("another change of the model is on its way; try again when it has ended")
        }
        let kept = try ReferenceVersion(stored)
        references.append(kept)
        fitting = [:]
        documents = []
        changes &+= 1
        return kept
    }

    /// Counts frozen stretches of the log again where the grids have changed under them, while all their rows are kept.
    private func recountStretches(effectiveFrom: Time?, at now: Time) async throws {
        for version in newestReferences {
            guard case .stretch(let from, let to) = version.definition, let generation = generations.last,
                version.key != gridReference, !fits(version, generation)
            else { continue }
            let rows = try await loggedRows(from: from, to: to)
            guard rows.count == version.frozen?.count else { continue }
            _ = try await keep(
                version.name, .rows(rows), definition: version.definition, version: version.version + 1,
                effectiveFrom: effectiveFrom, at: now)
        }
    }

    /// Removes a reference; without any grid windows have no drift any more.
    func deleteReference(_ name: String, at now: Time, gate: LogGate) async throws {
        try beginChange()
        defer { isChanging = false }
        _ = try await store.deleteReference(model: id, name: name)
        references.removeAll { ByteText($0.name) == ByteText(name) }
        fitting = [:]
        documents = []
        changes &+= 1
        try await takeRightGrid(effectiveFrom: nil, at: now, gate: gate)
        changes &+= 1
    }

    /// References, generations and settings are changed by one request at a time.
    func beginChange() throws {
        guard !isChanging else {
            throw IngestError.busy("another change of the model is on its way; try again when it has ended")
        }
        isChanging = true
    }

    /// Folds panes again where they should be counted on other grids than they are.
    private func takeRightGrid(effectiveFrom: Time?, at now: Time, gate: LogGate) async throws {
        let right = rightGridReference
        if right == nil, newestReferences.contains(where: { $0.definition.rolling != nil }) {
            guard try await !freezeFirstRowsIfThere(at: now, gate: gate) else { return }
        }
        if right?.key != gridReference {
            try await makeGeneration(
                schema, reference: right?.key, effectiveFrom: effectiveFrom, at: now, gate: gate)
        } else if let reach = missingReach {
            try await makeGeneration(schema, reference: right?.key, effectiveFrom: reach, at: now, gate: gate)
        }
    }

    private func summary(
        of content: ReferenceContent, _ name: String, version: Int32, effectiveFrom: Time?
    ) throws -> Reference? {
        let own = ByteText(name)
        let ownsGrid = own == ByteText(Self.training) || gridReference == nil
        switch content {
        case .rolling: return nil
        case .rows(let rows):
            if ownsGrid {
                return Reference.freezing(
                    rows, schema: schema, name: own, version: Int(version), effectiveFrom: effectiveFrom)
            }
            return Reference.counting(
                rows, on: gridsKnowing(rows), schema: schema, name: own, version: Int(version),
                effectiveFrom: effectiveFrom)
        case .profile(let profile):
            let grids = generations.last?.panes.grids ?? ColumnGrids()
            guard ownsGrid || profile.grids.hasSameCells(as: grids) else {
                throw SchemaRefusal(
                    mistakes: [
                        SchemaMistake(
                            "/columns",
                            "its cut points are not those that the model's windows are counted on; put it as training, or "
                                + "make it from a profile of training")
                    ])
            }
            return profile.renamed(own, version: Int(version), effectiveFrom: effectiveFrom)
        }
    }

    /// The grids of the newest generation, which learn the names of categories that a reference brings.
    private func gridsKnowing(_ rows: ReferenceRows) -> ColumnGrids {
        guard let index = generations.indices.last else { return ColumnGrids() }
        for (column, names) in generations[index].panes.grids.admitNames(of: rows, schema: schema) {
            for name in names {
                generations[index].newNames.insert(
                    StoredCategory(model: id, feature: ByteText(column.address), name: name))
            }
        }
        return generations[index].panes.grids
    }

    /// The rows of a logged stretch, with what turned out true of them.
    func loggedRows(from: Time, to: Time) async throws -> ReferenceRows {
        var rows = StoredPredictions(schema: schema)
        try await LogReader(store: store).stretch(of: id, schema: schema, from: from, to: to, into: &rows)
        return try await referenceRows(rows)
    }

    /// Logged rows with their class scores ranked, as they were when they came.
    func rankedBatch(_ rows: StoredPredictions) -> PredictionBatch {
        var batch = rows.batch
        guard schema.task == .multiclass, batch.classScores.contains(where: { $0 != nil }) else { return batch }
        batch.rankings = batch.classScores.map { ClassRanking(scores: $0, schema) }
        return batch
    }

    /// Logged rows as those of a reference.
    func referenceRows(_ rows: StoredPredictions) async throws -> ReferenceRows {
        let actuals = try await store.labels(model: id, ids: rows.batch.ids).map { $0?.actual ?? .none }
        return ReferenceRows(rankedBatch(rows), actuals: actuals, schema: schema)
    }
}
