import Postgres
import Statistics
import Store
import TestSupport
import Testing

struct LogIndexTests {
    private static let unsummarized = Statement(
        "test.unsummarized",
        """
        SELECT coalesce(sum(brin_summarize_new_values(i.indexrelid)), 0)::int8 FROM pg_inherits h
        JOIN pg_index i ON i.indrelid = h.inhrelid WHERE h.inhparent = 'prediction'::regclass
        """)

    @Test(.enabled(if: !TestServer.isCluster, "each shard keeps its own index"))
    func `the index of positions covers what was committed, and groups after one are found`() async throws {
        try await LogFixture.with { log in
            for group in 0..<3 {
                let ids = (0..<400).map { ByteText("\(group)-\($0)") }
                _ = try await log.commit(log.predictions(ids))
            }
            let covered = try await log.store.summarizeLog()
            #expect(try await log.store.summarizeLog(since: covered) == covered)
            _ = try await log.commit(log.predictions((0..<4000).map { ByteText("more \($0)") }))
            #expect(try await log.store.summarizeLog(since: covered) != covered)
            let left = try await log.store.pool.query(Self.unsummarized, []) { row throws(PostgresError) in
                try row.int64(0)
            }
            #expect(left == [0])
            let reader = LogReader(store: log.store)
            #expect(try await reader.models(after: 2, slot: 0) == [log.model])
            #expect(try await reader.models(after: 4, slot: 0).isEmpty)
            #expect(try await reader.newestEvents(of: log.model, after: 1, slot: 0).map(\.position) == [2, 3, 4])
        }
    }

    @Test func `known ids are found where new ones are expected, and new ones again after them`() async throws {
        try await LogFixture.with { log in
            _ = try await log.commit(log.predictions(["a", "b"]))
            let repeated = try await log.commit(log.predictions(["c", "b"], x: 1))
            #expect(repeated[0].fresh == [0])
            #expect(repeated[0].duplicates + repeated[0].rejections.count == 1)
            for group in 0..<20 {
                let fresh = try await log.commit(log.predictions([ByteText("n\(group)")]))
                #expect(fresh[0].fresh == [0])
            }
            let known = try await log.commit(log.predictions(["n3"]))
            #expect(known[0].fresh.isEmpty)
            #expect(try await log.count("identity") == 23)
            #expect(try await log.count("prediction") == 23)
        }
    }
}
