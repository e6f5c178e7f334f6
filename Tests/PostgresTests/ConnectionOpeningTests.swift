import Postgres
import TestSupport
import Testing

/// Opening and ending a connection.
@Suite(.timeLimit(.minutes(15)))
struct ConnectionOpeningTests {
    private func withConnection<Result>(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await TestServer.withSchema { configuration in
            var configuration = configuration
            change(&configuration)
            let connection = try await PostgresConnection.open(configuration)
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(connection)) } catch { outcome = .failure(error) }
            await connection.close()
            return try outcome.get()
        }
    }

    @Test(arguments: ["postgresql://user:hunter2@host:port/db", "hunter2", "password=hunter2 nonsense=1"])
    func `a connection string that cannot be read is not repeated`(text: String) async throws {
        let error = await #expect(throws: PostgresError.self) {
            _ = try await PostgresConnection.open(PostgresConfiguration(connectionString: text))
        }
        #expect(error?.kind == .connection)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test
    func `the session is called driftline and speaks UTF-8`() async throws {
        try await withConnection { connection in
            let (name, encoding) = try await connection.query(
                Statement("session", "SELECT current_setting('application_name'), current_setting('client_encoding')")
            ).only { row throws(PostgresError) in (try row.string(0), try row.string(1)) }
            #expect(name == "driftline")
            #expect(encoding == "UTF8")
        }
    }

    @Test
    func `durability is what the session says`() async throws {
        try await withConnection { connection in
            try await connection.script(Statement("off", "SET synchronous_commit = off"))
            let off = try await connection.durability()
            #expect(off.synchronousCommit == "off")
            #expect(!off.isSafe)
            #expect(off.shortcomings.contains { $0.contains("synchronous_commit") })
            #expect(Durability(fsync: true, fullPageWrites: true, synchronousCommit: "on").isSafe)
        }
    }

    @Test
    func `a quoted identifier is one identifier`() async throws {
        try await withConnection { connection in
            let name = SQLIdentifier.quoted("a \"b\"; DROP TABLE x; --")
            try await connection.script(Statement("table", "CREATE TABLE \(name) (n int4)"))
            let count = try await connection.query(
                Statement("count", "SELECT count(*) FROM pg_tables WHERE tablename = $1"),
                [.text("a \"b\"; DROP TABLE x; --")]
            ).only { row throws(PostgresError) in try row.int64(0) }
            #expect(count == 1)
        }
    }

    @Test
    func `rows affected are counted`() async throws {
        try await withConnection { connection in
            try await connection.script(Statement("table", "CREATE TABLE t AS SELECT generate_series(1, 10) AS n"))
            #expect(try await connection.execute(Statement("delete", "DELETE FROM t WHERE n > $1"), [.int32(7)]) == 3)
        }
    }
}
