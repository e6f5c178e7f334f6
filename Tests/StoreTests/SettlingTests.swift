import Postgres
import Statistics
import Store
import TestSupport
import Testing

/// Transactions over several servers that the coordinator did not live to finish.
@Suite(
    .enabled(if: TestServer.nodes.count > 1, "needs a Citus cluster with workers: scripts/with-citus 2 swift test"),
    .serialized, .timeLimit(.minutes(15)))
struct SettlingTests {
    /// A server that holds shards of the log, and one of these shards with rows.
    private struct Place {
        let node: String
        let group: Int
        let shard: String
        let rows: Int
    }

    private func shardWithRows(_ fixture: LogFixture) async throws -> Place {
        let shards = try await fixture.store.pool.query(
            Statement(
                "test.shards",
                """
                SELECT n.nodename, n.groupid, shard_name(p.logicalrelid::regclass, p.shardid)
                FROM pg_dist_shard p JOIN pg_dist_placement l USING (shardid) JOIN pg_dist_node n USING (groupid)
                    JOIN pg_inherits i ON i.inhrelid = p.logicalrelid
                WHERE i.inhparent = 'prediction'::regclass AND n.groupid <> 0 ORDER BY p.shardid
                """), []
        ) { row throws(PostgresError) in (try row.string(0), Int(try row.int32(1)), try row.string(2)) }
        let server = try TestServer.connectionString
        for (node, group, shard) in shards {
            let url = server.split(separator: " ").filter { !$0.hasPrefix("host=") }.joined(separator: " ")
            let rows = try await TestServer.text("SELECT count(*)::text FROM \(shard)", at: "host=\(node) \(url)")
            if rows != "0" {
                return Place(node: "host=\(node) \(url)", group: group, shard: shard, rows: Int(rows) ?? 0)
            }
        }
        throw LogFixture.Missing()
    }

    /// Prepares on the worker what a transaction of the coordinator would have prepared there, and lets it lie.
    private func prepare(_ place: Place, as name: String) async throws {
        try await TestServer.run(
            """
            BEGIN;
            UPDATE \(place.shard) SET position = 2;
            PREPARE TRANSACTION '\(name)';
            """, at: place.node)
    }

    private func movedRows(_ fixture: LogFixture) async throws -> Int {
        try await fixture.store.pool.query(
            Statement("test.moved", "SELECT count(*) FROM prediction WHERE position = 2"), []
        ) { row throws(PostgresError) in try row.int(0) }[0]
    }

    @Test func `what was committed and not finished on a worker is there once the slot is taken`() async throws {
        try await LogFixture.with { fixture in
            _ = try await fixture.commit(fixture.predictions((0..<64).map { ByteText("id-\($0)") }))
            let place = try await shardWithRows(fixture)
            let name = "citus_0_999999_\(UInt32.random(in: 1...(.max)))_1"
            try await prepare(place, as: name)
            // The coordinator's record of the commit, which is written with its own part of the transaction.
            try await fixture.store.pool.execute(
                Statement(
                    "test.record", "INSERT INTO pg_dist_transaction (groupid, gid) VALUES (\(place.group), '\(name)')"))
            // Unless another test of the same cluster has just finished what was left there.
            let before = try await movedRows(fixture)
            #expect(before == 0 || before == place.rows)
            let taken = try await fixture.store.takeWriterSlot(0, holder: "here", seconds: 60)
            #expect(taken != nil)
            #expect(try await movedRows(fixture) == place.rows)
        }
    }

    @Test func `what was prepared on a worker and never committed is undone`() async throws {
        try await LogFixture.with { fixture in
            _ = try await fixture.commit(fixture.predictions((0..<64).map { ByteText("id-\($0)") }))
            let place = try await shardWithRows(fixture)
            try await prepare(place, as: "citus_0_999999_\(UInt32.random(in: 1...(.max)))_1")
            try await fixture.store.settle()
            #expect(try await movedRows(fixture) == 0)
            #expect(try await fixture.count("prediction") == 64)
            let left = try await TestServer.text(
                "SELECT count(*)::text FROM pg_prepared_xacts WHERE gid LIKE 'citus_0_999999_%'", at: place.node)
            #expect(left == "0")
        }
    }
}
