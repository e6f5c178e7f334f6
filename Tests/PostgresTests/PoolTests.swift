import Postgres
import TestSupport
import Testing

/// The pool over a real server.
@Suite(.timeLimit(.minutes(15)))
struct PoolTests {
    @Test
    func `eight queries that wait for each other all run at once`() async throws {
        try await TestServer.withPool(connections: 8) { pool in
            try await pool.execute(Statement("sequence", "CREATE SEQUENCE arrived"))
            let meet = Statement(
                "meet",
                """
                DO $$ BEGIN
                    PERFORM nextval('arrived');
                    FOR turn IN 1..60000 LOOP
                        IF (SELECT last_value FROM arrived) >= 8 THEN RETURN; END IF;
                        PERFORM pg_sleep(0.01);
                    END LOOP;
                    RAISE EXCEPTION 'the others never came';
                END $$
                """)
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 { group.addTask { _ = try await pool.execute(meet) } }
                try await group.waitForAll()
            }
            #expect(pool.load.idle == 8)
            #expect(pool.load.taken == 0)
        }
    }

    @Test
    func `more tasks than connections all get their turn`() async throws {
        try await TestServer.withPool(connections: 3) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE turn (n int4)"))
            try await withThrowingTaskGroup { group in
                for number in 0..<60 {
                    group.addTask {
                        try await pool.execute(
                            Statement("insert", "INSERT INTO turn VALUES ($1)"), [.int32(Int32(number))])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.integer("SELECT count(DISTINCT n) FROM turn") == 60)
            #expect(pool.load.idle <= 3)
        }
    }

    @Test
    func `a terminated idle connection is replaced unseen`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            let first = try await pool.integer("SELECT pg_backend_pid()")
            try await terminate(first)
            let second = try await pool.integer("SELECT pg_backend_pid()")
            #expect(first != second)
        }
    }

    @Test
    func `a connection that dies in use fails its owner and is replaced`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransaction("doomed") { (tx) async throws(PostgresError) in
                    _ = try await tx.execute(Statement("suicide", "SELECT pg_terminate_backend(pg_backend_pid())"))
                }
            }
            #expect(error?.connectionLost == true)
            #expect(error?.isTransient == true)
            #expect(error?.commitOutcomeUnknown == false)
            let answer = try await pool.integer("SELECT 1")
            #expect(answer == 1)
        }
    }

    @Test
    func `a connection lost before COMMIT is answered leaves the outcome unknown`() async throws {
        try await TestServer.withPool(connections: 2) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransaction("doomed") { (tx) async throws(PostgresError) in
                    let process = try await tx.query(Statement("pid", "SELECT pg_backend_pid()"))
                        .only { row throws(PostgresError) in try row.int64(0) }
                    _ = try await pool.execute(
                        Statement("terminate", "SELECT pg_terminate_backend($1, 5000)"), [.int32(Int32(process))])
                }
            }
            #expect(error?.commitOutcomeUnknown == true)
            #expect(error?.description.contains("unknown") == true)
        }
    }

    @Test
    func `a cancelled task stops waiting`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.withConnection { (_) async throws(PostgresError) in
                let waiting = Task { () async -> PostgresError? in
                    do throws(PostgresError) {
                        _ = try await pool.integer("SELECT 1")
                        return nil
                    } catch {
                        return error
                    }
                }
                while pool.load.waiting == 0 { await Task.yield() }
                waiting.cancel()
                let error = await waiting.value
                #expect(error?.kind == .cancelled)
                #expect(pool.load.waiting == 0)
            }
        }
    }

    @Test
    func `a full queue is an error that may be tried again`() async throws {
        try await TestServer.withSchema { configuration in
            var configuration = configuration
            configuration.maximumConnections = 1
            configuration.maximumWaiters = 0
            let pool = PostgresPool(configuration)
            try await pool.withConnection { (_) async throws(PostgresError) in
                do throws(PostgresError) {
                    _ = try await pool.integer("SELECT 1")
                    Issue.record("there is no second connection")
                } catch {
                    #expect(error.kind == .poolExhausted)
                    #expect(error.isTransient)
                }
            }
            await pool.close()
        }
    }

    @Test
    func `a closed pool refuses work and closes twice without harm`() async throws {
        try await TestServer.withPool { pool in
            _ = try await pool.integer("SELECT 1")
            await pool.close()
            let error = await #expect(throws: PostgresError.self) { try await pool.integer("SELECT 1") }
            #expect(error?.kind == .poolClosed)
        }
    }

    @Test
    func `closing waits for the work under way`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE work (n int4)"))
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await pool.withTransaction("slow") { (tx) async throws(PostgresError) in
                        _ = try await tx.execute(Statement("sleep", "SELECT pg_sleep(0.3)"))
                        _ = try await tx.execute(Statement("insert", "INSERT INTO work VALUES (1)"))
                    }
                }
                while pool.load.taken == 0 { await Task.yield() }
                await pool.close()
                #expect(pool.load.taken == 0)
                try await group.waitForAll()
            }
            let fresh = PostgresPool(pool.configuration)
            let count = try await fresh.integer("SELECT count(*) FROM work")
            #expect(count == 1)
            await fresh.close()
        }
    }

    @Test
    func `a connection that comes back inside a transaction is rolled back`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE left_open (n int4)"))
            try await pool.withConnection { (connection) async throws(PostgresError) in
                try await connection.script(Statement("open", "BEGIN; INSERT INTO left_open VALUES (1)"))
            }
            #expect(try await pool.integer("SELECT count(*) FROM left_open") == 0)
            #expect(pool.load.idle == 1)
        }
    }

    @Test
    func `an interrupted statement fails and the pool goes on`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await withThrowingTaskGroup(of: PostgresError?.self) { group in
                group.addTask {
                    do {
                        _ = try await pool.execute(Statement("sleep", "SELECT pg_sleep(30)"))
                        return nil
                    } catch {
                        return error as? PostgresError
                    }
                }
                try await waitForStatement("SELECT pg_sleep(30)")
                pool.interrupt()
                let error = try await group.next() ?? nil
                #expect(error?.sqlState == .queryCanceled)
            }
            #expect(try await pool.integer("SELECT 1") == 1)
        }
    }

    /// Ends a session and waits until it is gone.
    private func terminate(_ process: Int64) async throws {
        let other = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        try await other.execute(
            Statement("terminate", "SELECT pg_terminate_backend($1, 10000)"), [.int32(Int32(process))])
        await other.close()
    }

    /// Waits until some session runs a text.
    private func waitForStatement(_ sql: String) async throws {
        let other = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let statement = Statement(
            "running", "SELECT count(*) FROM pg_stat_activity WHERE query = $1 AND state = 'active'")
        var running: Int64 = 0
        while running == 0 {
            running = try await other.query(statement, [.text(sql)])
                .only { row throws(PostgresError) in try row.int64(0) }
        }
        await other.close()
    }
}
