import Postgres
import TestSupport
import Testing

/// One connection: errors, prepared statements, transactions, deadlines.
@Suite(.timeLimit(.minutes(15)))
struct ConnectionTests {
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

    @Test(arguments: [
        ("SELECT 1 / 0", SQLState.divisionByZero), ("SELECT * FROM nowhere", .undefinedTable),
        ("SELEC 1", .syntaxError),
        ("SELECT nothing FROM pg_class", .undefinedColumn), ("SELECT 'x'::text::int4", .invalidTextRepresentation),
        ("DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", .raisedException),
    ])
    func `an error carries the server's code and the statement's name`(sql: String, state: SQLState) async throws {
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await connection.query(Statement("the name", sql))
            }
            #expect(error?.kind == .server(state))
            #expect(error?.statement == "the name")
            #expect(error?.description.contains(state.code) == true)
            #expect(error?.connectionLost == false)
            #expect(error?.isTransient == false)
            #expect(connection.isUsable)
        }
    }

    @Test
    func `an error about a value does not show the value`() async throws {
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute(Statement("cast", "SELECT $1::text::int4"), [.text("my \"secret\" value")])
            }
            #expect(error?.sqlState == .invalidTextRepresentation)
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test
    func `a violated key is named and its value is not`() async throws {
        try await withConnection { connection in
            try await connection.script(Statement("table", "CREATE TABLE person (name text PRIMARY KEY)"))
            let insert = Statement("insert", "INSERT INTO person VALUES ($1)")
            try await connection.execute(insert, [.text("secret")])
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute(insert, [.text("secret")])
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.constraint == "person_pkey")
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test
    func `a statement is prepared once`() async throws {
        try await withConnection { connection in
            let statement = Statement("add", "SELECT $1::int8 + 1")
            for number in 0..<5 as Range<Int64> {
                let sum = try await connection.query(statement, [.int64(number)])
                    .only { row throws(PostgresError) in try row.int64(0) }
                #expect(sum == number + 1)
            }
            #expect(await connection.preparedCount == 1)
            let count = try await connection.query(
                Statement("count", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%+ 1'")
            )
            .only { row throws(PostgresError) in try row.int64(0) }
            #expect(count == 1)
        }
    }

    @Test
    func `another text or another type under the same name is prepared again`() async throws {
        try await withConnection { connection in
            let first = try await connection.query(Statement("same", "SELECT $1 + 1"), [.int64(1)])
                .only { row throws(PostgresError) in try row.int64(0) }
            let second = try await connection.query(Statement("same", "SELECT $1 + 1"), [.double(1.5)])
                .only { row throws(PostgresError) in try row.double(0) }
            let third = try await connection.query(Statement("same", "SELECT $1 + 2"), [.double(1.5)])
                .only { row throws(PostgresError) in try row.double(0) }
            #expect(first == 2)
            #expect(second == 2.5)
            #expect(third == 3.5)
            #expect(await connection.preparedCount == 1)
        }
    }

    @Test
    func `a table that changed under a prepared statement is read again`() async throws {
        try await withConnection { connection in
            try await connection.script(Statement("table", "CREATE TABLE t (a int4); INSERT INTO t VALUES (1)"))
            let all = Statement("all", "SELECT * FROM t")
            let before = try await connection.query(all).columnCount
            try await connection.script(Statement("alter", "ALTER TABLE t ADD COLUMN b int4"))
            let after = try await connection.query(all).columnCount
            #expect(before == 1)
            #expect(after == 2)
        }
    }

    @Test
    func `statements that the server forgot are prepared again`() async throws {
        try await withConnection { connection in
            let one = Statement("one", "SELECT 1")
            _ = try await connection.query(one)
            try await connection.script(Statement("forget", "DEALLOCATE ALL"))
            let value = try await connection.query(one).only { row throws(PostgresError) in try row.int(0) }
            #expect(value == 1)
        }
    }

    @Test
    func `generated statements do not pile up`() async throws {
        try await withConnection { connection in
            for number in 0..<300 { _ = try await connection.query(Statement("s\(number)", "SELECT \(number)")) }
            #expect(await connection.preparedCount <= 256)
        }
    }

    @Test
    func `without preparing, parameters still work and nothing stays behind`() async throws {
        try await withConnection {
            $0.preparesStatements = false
        } _: { connection in
            let value = try await connection.query(Statement("echo", "SELECT $1::text"), [.text("x")])
                .only { row throws(PostgresError) in try row.string(0) }
            #expect(value == "x")
            #expect(await connection.preparedCount == 0)
        }
    }

    @Test
    func `a transaction commits on return and rolls back on throw`() async throws {
        struct Doubt: Error {}
        try await withConnection { connection in
            try await connection.script(Statement("table", "CREATE TABLE t (n int4)"))
            let insert = Statement("insert", "INSERT INTO t VALUES ($1)")
            try await connection.withTransaction("good") { (tx) async throws(PostgresError) in
                _ = try await tx.execute(insert, [.int32(1)])
            }
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction("bad") { (tx) async throws(PostgresError) in
                    _ = try await tx.execute(insert, [.int32(2)])
                    _ = try await tx.execute(Statement("fail", "SELECT 1 / 0"))
                }
            }
            #expect(error?.sqlState == .divisionByZero)
            let numbers = try await connection.query(Statement("read", "SELECT n FROM t"))
                .map { row throws(PostgresError) in try row.int32(0) }
            #expect(numbers == [1])
        }
    }

    @Test
    func `a body's own error rolls back and comes out`() async throws {
        enum Refusal: PostgresFailure, Equatable {
            case postgres(PostgresError)
            case tooLate
        }
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE t (n int4)"))
            let error = await #expect(throws: Refusal.self) {
                try await pool.withTransaction("refused", throwing: Refusal.self) { (tx) async throws(Refusal) in
                    do throws(PostgresError) {
                        _ = try await tx.execute(Statement("insert", "INSERT INTO t VALUES (1)"))
                    } catch {
                        throw .postgres(error)
                    }
                    throw .tooLate
                }
            }
            #expect(error == .tooLate)
            #expect(try await pool.integer("SELECT count(*) FROM t") == 0)
        }
    }

    @Test
    func `a commit after a swallowed error is not taken for a success`() async throws {
        try await withConnection { connection in
            try await connection.script(Statement("table", "CREATE TABLE t (n int4)"))
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction("swallowed") { (tx) async throws(PostgresError) in
                    _ = try await tx.execute(Statement("insert", "INSERT INTO t VALUES (1)"))
                    do { _ = try await tx.execute(Statement("fail", "SELECT 1 / 0")) } catch {}
                }
            }
            #expect(error?.sqlState == .inFailedTransaction)
            #expect(error?.commitOutcomeUnknown == false)
        }
    }

    @Test
    func `a constraint checked at commit is an error with a known outcome`() async throws {
        try await withConnection { connection in
            try await connection.script(
                Statement("table", "CREATE TABLE t (n int4 UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction("twice") { (tx) async throws(PostgresError) in
                    _ = try await tx.execute(Statement("insert", "INSERT INTO t VALUES (1), (1)"))
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.commitOutcomeUnknown == false)
            #expect(connection.isUsable)
        }
    }

    @Test
    func `a savepoint undoes only its own work`() async throws {
        try await withConnection { connection in
            try await connection.script(Statement("table", "CREATE TABLE t (n int4 PRIMARY KEY)"))
            let insert = Statement("insert", "INSERT INTO t VALUES ($1)")
            try await connection.withTransaction("outer") { (tx) async throws(PostgresError) in
                for number in [1, 2, 2, 3] as [Int32] {
                    do throws(PostgresError) {
                        try await tx.withSavepoint("row") { (tx) async throws(PostgresError) in
                            _ = try await tx.execute(insert, [.int32(number)])
                        }
                    } catch {
                        guard error.sqlState == .uniqueViolation else { throw error }
                    }
                }
            }
            let numbers = try await connection.query(Statement("read", "SELECT n FROM t ORDER BY n"))
                .map { row throws(PostgresError) in try row.int32(0) }
            #expect(numbers == [1, 2, 3])
        }
    }

    @Test
    func `a server that does not answer in time is given up`() async throws {
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await connection.query(Statement("sleep", "SELECT pg_sleep(20)", timeout: .milliseconds(200)))
            }
            #expect(error?.kind == .connection)
            #expect(error?.connectionLost == true)
            #expect(connection.isClosed)
        }
    }

    @Test
    func `the server's own timeout leaves the connection`() async throws {
        try await withConnection {
            $0.statementTimeout = .milliseconds(100)
        } _: { connection in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await connection.query(Statement("sleep", "SELECT pg_sleep(20)"))
            }
            #expect(error?.sqlState == .queryCanceled)
            #expect(connection.isUsable)
        }
    }

    @Test
    func `a server that is not there is a connection error`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            _ = try await PostgresConnection.open(PostgresConfiguration(connectionString: "host=/nonexistent dbname=x"))
        }
        #expect(error?.kind == .connection)
        #expect(error?.isTransient == true)
    }
}
