import Postgres
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct MigratorTests {
    @Test func `migrations are taken once, also by several processes at once`() async throws {
        try await TestServer.withPool { pool in
            let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await Migrator(pool: pool).migrate() } }
                return try await group.reduce(0, +)
            }
            let known = try await pool.query(Statement("test.steps", "SELECT count(*) FROM schema_migration"), []) {
                row throws(PostgresError) in try row.int(0)
            }
            #expect(taken >= 5 && known == [taken])
            #expect(try await Migrator(pool: pool).migrate() == 0)
        }
    }

    @Test func `every table begins its key with the project`() async throws {
        try await TestServer.withPool { pool in
            try await Migrator(pool: pool).migrate()
            let without = try await pool.query(
                Statement(
                    "test.keys",
                    """
                    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
                        AND c.relname NOT IN ('schema_migration', 'project')
                        AND NOT EXISTS (
                            SELECT 1 FROM pg_attribute a
                            WHERE a.attrelid = c.oid AND a.attname = 'project' AND a.attnum = 1)
                    """), []
            ) { row throws(PostgresError) in try row.string(0) }
            #expect(without == [])
        }
    }
}
