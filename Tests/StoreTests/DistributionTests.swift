import Monitoring
import Postgres
import Statistics
import Store
import TestSupport
import Testing

/// The tables on a Citus cluster: `scripts/with-citus 2 swift test --filter DistributionTests`.
@Suite(
    .enabled(if: TestServer.isCluster, "needs a Citus cluster: scripts/with-citus 2 swift test"),
    .timeLimit(.minutes(15)))
struct DistributionTests {
    private func names(_ sql: String, _ pool: PostgresPool) async throws -> [String] {
        try await pool.query(Statement("test.names", sql), []) { row throws(PostgresError) in try row.string(0) }
    }

    /// The tables of the schema that Citus keeps in shards, with the columns that say in which; partitions by a condition.
    private func sharded(_ pool: PostgresPool, partitions: Bool = false) async throws -> [String] {
        try await names(
            """
            SELECT c.relname || '(' || column_to_column_name(d.logicalrelid, d.partkey) || ')'
            FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relispartition = \(partitions)
            ORDER BY 1
            """, pool)
    }

    @Test func `the log, the identities and the panes lie in shards, and only once`() async throws {
        try await TestServer.withPool { pool in
            try await Migrator(pool: pool).migrate()
            #expect(try await Migrator(pool: pool).layout() == .oneServer)
            #expect(try await Migrator(pool: pool).distribute(shards: 4).tables == 6)
            #expect(try await Migrator(pool: pool).layout() == .distributed)
            #expect(
                try await sharded(pool) == [
                    "day_pane(model)", "idempotency(key)", "identity(key)", "outcome(position)", "pane(model)",
                    "prediction(prediction_id)",
                ])
            #expect(try await Migrator(pool: pool).distribute() == (steps: 0, tables: 0))
        }
    }

    @Test func `several processes may distribute at once`() async throws {
        try await TestServer.withPool { pool in
            try await Migrator(pool: pool).migrate()
            let made = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 { group.addTask { try await Migrator(pool: pool).distribute(shards: 4).tables } }
                return try await group.reduce(0, +)
            }
            #expect(made == 6)
        }
    }

    @Test func `a step that comes after the tables were distributed reaches what is in shards`() async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            // As it was before the step.
            for statement in [
                "DROP TABLE day_pane", "ALTER TABLE pane DROP COLUMN stamp", "DROP SEQUENCE pane_stamp",
                "ALTER TABLE generation DROP COLUMN fine_from", "DELETE FROM schema_migration WHERE version = 30",
            ] {
                try await pool.execute(Statement("test.before", statement))
            }
            let insert = """
                INSERT INTO pane (project, model, generation, segment, version, start, slot, content, predictions, position)
                VALUES (1, 1, 0, '', '', $1, 0, '', 1, 7)
                """
            let put = { (start: Time) in
                try await pool.execute(Statement("test.pane", insert), [.timestamp(start.timestamp)])
            }
            _ = try await put(LogFixture.start)
            #expect(try await Migrator(pool: pool).migrate() == 1)
            #expect(try await sharded(pool).contains("day_pane(model)"))
            _ = try await put(LogFixture.start + .hours(1))
            _ = try await put(LogFixture.start + .hours(2))
            let stamps = try await names("SELECT stamp::text FROM pane ORDER BY start", pool).map { Int64($0) ?? -1 }
            #expect(stamps.count == 3 && stamps[0] == 0 && stamps[1] > 0 && stamps[2] > stamps[1])
        }
    }

    @Test func `rows that were there before are there afterwards, and known`() async throws {
        try await TestServer.withPool { pool in
            try await Migrator(pool: pool).migrate()
            let store = Store(pool: pool)
            let model = try #require(try await store.addModel(name: "m", definition: "{}", at: LogFixture.start))
            var slot = try #require(try await store.takeWriterSlot(0, holder: "here", seconds: 60))
            var before = LogFixture(store: store, model: model.id, writer: LogWriter(store: store), slot: slot)
            _ = try await before.commit(before.predictions(["a", "b", "c"]), before.labels(["a"]))
            try await store.releaseWriterSlot(before.slot)
            try await Migrator(pool: pool).distribute(shards: 4)

            let spread = Store(pool: pool, layout: .distributed)
            slot = try #require(try await spread.takeWriterSlot(0, holder: "here", seconds: 60))
            #expect(slot.position == 1)
            var after = LogFixture(store: spread, model: model.id, writer: LogWriter(store: spread), slot: slot)
            #expect(try await after.count("prediction") == 3)
            #expect(try await after.count("outcome") == 1)
            let results = try await after.commit(after.predictions(["a", "b", "c", "d"]))
            #expect(results[0].duplicates == 3 && results[0].fresh == [3])
            // What was copied into shards is not kept beside them.
            let left = try await names(
                "SELECT pg_relation_size(c.oid)::text FROM pg_class c WHERE c.oid = 'identity'::regclass", pool)
            #expect(left == ["0"])
        }
    }

    @Test func `tables are not distributed below a process that uses them`() async throws {
        try await TestServer.withPool { pool in
            try await Migrator(pool: pool).migrate()
            _ = try await Store(pool: pool).takeWriterSlot(0, holder: "somebody", seconds: 60)
            await #expect {
                try await Migrator(pool: pool).distribute(shards: 4)
            } throws: { "\($0)".contains("the service runs on this database (somebody)") }
            #expect(try await Migrator(pool: pool).layout() == .oneServer)
        }
    }

    @Test func `partitions that are made later are in shards, and are dropped when they are empty`() async throws {
        try await LogFixture.with { fixture in
            _ = try await fixture.commit(fixture.predictions(["a"]), fixture.labels(["a"]))
            let week = LogPartitions.week(of: LogFixture.start)
            let pool = fixture.store.pool
            #expect(
                try await sharded(pool, partitions: true) == [
                    "outcome_w\(week)(position)", "prediction_w\(week)(prediction_id)",
                ])
            let later = LogPartitions.start(of: week + 9)
            try await fixture.store.dropEmptyPartitions(endingBefore: later)
            #expect(try await sharded(pool, partitions: true).count == 2)
            let removed = try await fixture.store.removeRows(
                model: fixture.model, before: later, storedBefore: later)
            #expect(removed == 1)
            try await fixture.store.dropEmptyPartitions(endingBefore: later)
            #expect(try await sharded(pool, partitions: true) == [])
        }
    }
}
