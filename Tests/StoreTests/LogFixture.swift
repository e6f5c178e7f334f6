import Monitoring
import Postgres
import Statistics
import Store
import TestSupport

/// A migrated store with one model and a writer slot, in a schema of its own.
struct LogFixture {
    let store: Store
    let model: Int32
    let writer: LogWriter
    var slot: WriterSlot

    static let start = Time(rfc3339: "2026-01-01T00:00:00Z") ?? Time(microseconds: 0)

    static func with(_ body: (inout LogFixture) async throws -> Void) async throws {
        try await TestServer.withPool { pool in
            let store = Store(pool: pool, layout: try await TestServer.migrate(pool))
            let model = try await store.addModel(name: "m", definition: "{}", at: start)
            let slot = try await store.takeWriterSlot(0, holder: "here", seconds: 60)
            guard let slot, let model else { throw Missing() }
            var fixture = LogFixture(store: store, model: model.id, writer: LogWriter(store: store), slot: slot)
            try await body(&fixture)
        }
    }

    struct Missing: Error {}

    /// Commits submissions as the next group.
    mutating func commit(_ submissions: LogSubmission...) async throws -> [LogResult] {
        let results = try await writer.commit(submissions, slot: slot)
        slot.position += 1
        return results
    }

    /// Predictions with one numeric and one categorical feature, a minute apart.
    func predictions(_ ids: [ByteText], x: Double = 1, category: ByteText = "u", version: ByteText = "")
        -> LogSubmission
    {
        var batch = PredictionBatch()
        for (row, id) in ids.enumerated() {
            batch.ids.append(id)
            batch.versions.append(version)
            batch.times.append(Time(microseconds: Self.start.microseconds + Int64(row) * 60_000_000))
        }
        batch.numeric = [Array(repeating: x, count: ids.count)]
        batch.categorical = [CategoricalColumn(ids.map { _ in category })]
        batch.scores = Array(repeating: 0.5, count: ids.count)
        batch.classPredictions = CategoricalColumn(ids.map { _ in "1" })
        return LogSubmission(model: model, rows: .predictions(batch), arrivedAt: Self.start)
    }

    /// Labels that became known an hour after the start.
    func labels(_ ids: [ByteText], actual: ByteText = "1", hours: Int64 = 1) -> LogSubmission {
        var batch = LabelBatch()
        for id in ids {
            batch.ids.append(id)
            batch.times.append(Time(microseconds: Self.start.microseconds + hours * 3_600_000_000))
            batch.classes.append(actual)
        }
        return LogSubmission(model: model, rows: .labels(batch), arrivedAt: Self.start)
    }

    /// How many rows a table has.
    func count(_ table: String) async throws -> Int {
        try await store.pool.query(Statement("test.count.\(table)", "SELECT count(*) FROM \(table)"), []) {
            row throws(PostgresError) in try row.int(0)
        }[0]
    }
}
