import Monitoring
import Statistics
import Store
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct WeightLogTests {
    @Test func `weights and class scores are read back as they were written`() async throws {
        try await LogFixture.with { log in
            let schema = try Self.schema()
            let ranking = ClassRanking([.init(name: "1", probability: 0.75), .init(name: "2", probability: 0.25)])
            _ = try await log.commit(
                Self.weighted(log.predictions(["a", "b"]), [2.5, nil], rankings: [ranking, nil]),
                log.predictions(["c"]))
            let labels = try await log.commit(log.labels(["a", "b", "c"], actual: "2"))
            let reader = LogReader(store: log.store)
            let weights = Mutex<[String: Double]>([:])
            try await reader.predictions(of: log.model, schema: schema, .after(position: 0, slot: 0)) { rows in
                for row in 0..<rows.batch.count {
                    weights.withLock { $0[rows.batch.ids[row].string] = rows.batch.weight(row: row).value }
                }
            }
            #expect(weights.withLock { $0 } == ["a": 2.5, "b": 1, "c": 1])
            let deltas = Mutex<[OutcomeDelta]>([])
            try await reader.outcomes(of: log.model, .after(position: 0, slot: 0)) { part, _ in
                deltas.withLock { $0 += part }
            }
            let read = deltas.withLock { $0 }
            #expect(Set(read) == Set(labels[0].deltas))
            #expect(read.count == 3)
            #expect(Set(read.map(\.actualRank)) == [2, nil])
            #expect(Set(read.map(\.actualProbability)) == [0.25, nil])
        }
    }

    @Test func `another weight is other content, and a stated weight of 1 is not`() async throws {
        try await LogFixture.with { log in
            _ = try await log.commit(log.predictions(["a"]))
            let again = try await log.commit(Self.weighted(log.predictions(["a"]), [1]))
            #expect(again[0].duplicates == 1)
            let other = try await log.commit(Self.weighted(log.predictions(["a"]), [2]))
            #expect(other[0].rejections.map(\.index) == [0])
        }
    }

    private static func weighted(
        _ submission: LogSubmission, _ weights: [Double?], rankings: [ClassRanking?] = []
    ) -> LogSubmission {
        guard case .predictions(var batch) = submission.rows else { return submission }
        batch.weights = weights.map { $0.flatMap(RowWeight.init) ?? .one }
        batch.rankings = rankings
        return LogSubmission(model: submission.model, rows: .predictions(batch), arrivedAt: submission.arrivedAt)
    }

    private static func schema() throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = .multiclass
        change.features = [
            FeatureDeclaration(name: "x", kind: .numeric), FeatureDeclaration(name: "c", kind: .categorical),
        ]
        return try ModelSchema.creating(from: change)
    }
}
