import Postgres
import TestSupport
import Testing

/// Transactions whose body runs on the connection's own thread.
@Suite(.timeLimit(.minutes(15)))
struct ThreadTransactionTests {
    private static let insert = Statement("insert", "INSERT INTO t VALUES ($1)")

    private static func withTable(_ body: (PostgresPool) async throws -> Void) async throws {
        try await TestServer.withPool(connections: 2) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE t (n int4)"))
            try await body(pool)
        }
    }

    @Test
    func `commits what its statements did when the body returns`() async throws {
        try await Self.withTable { pool in
            let sum = try await pool.withTransactionOnThread("sum") { (tx) async throws(PostgresError) in
                for number in 1...100 { try tx.execute(Self.insert, [.int32(Int32(number))]) }
                return try tx.query(Statement("sum", "SELECT sum(n)::int8 FROM t")).only { row throws(PostgresError) in
                    try row.int64(0)
                }
            }
            #expect(sum == 5050)
            #expect(try await pool.integer("SELECT count(*) FROM t") == 100)
            #expect(pool.load.taken == 0)
        }
    }

    @Test
    func `functions that the body calls with the connection stay on its thread`() async throws {
        try await Self.withTable { pool in
            try await pool.withTransactionOnThread("calls") { (tx) async throws(PostgresError) in
                tx.assertIsolated()
                try await Self.call(tx)
                tx.assertIsolated()
            }
            #expect(try await pool.integer("SELECT count(*) FROM t") == 1)
        }
    }

    /// Belongs to no actor, and so to whoever calls it.
    private static func call(_ tx: PostgresConnection) async throws(PostgresError) {
        tx.assertIsolated("the caller's thread was left")
        try await tx.execute(insert, [.int32(1)])
        tx.assertIsolated("a statement does not come back to the caller's thread")
    }

    @Test
    func `rolls back when the body throws, and the connection is used again`() async throws {
        try await Self.withTable { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransactionOnThread("twice") { (tx) async throws(PostgresError) in
                    try tx.execute(Self.insert, [.int32(1)])
                    try tx.execute(Statement("wrong", "SELECT 1 / 0"))
                }
            }
            #expect(error?.sqlState == .divisionByZero)
            let count = try await pool.integer("SELECT count(*) FROM t")
            #expect(count == 0)
            #expect(pool.load.taken == 0)
        }
    }

    @Test
    func `begins on another connection where idle ones are dead`() async throws {
        try await Self.withTable { pool in
            let first = try await pool.integer("SELECT pg_backend_pid()")
            try await TestServer.run(
                "SELECT pg_terminate_backend(\(first), 10000)", at: try TestServer.connectionString)
            let second = try await pool.withTransactionOnThread("again") { (tx) async throws(PostgresError) in
                try tx.query(Statement("pid", "SELECT pg_backend_pid()::int8")).only { row throws(PostgresError) in
                    try row.int64(0)
                }
            }
            #expect(first != second)
        }
    }

    @Test
    func `rows begin on another connection where idle ones are dead, and are stored once`() async throws {
        try await Self.withTable { pool in
            let first = try await pool.integer("SELECT pg_backend_pid()")
            try await TestServer.run(
                "SELECT pg_terminate_backend(\(first), 10000)", at: try TestServer.connectionString)
            let stored = try await pool.withTransactionOnThread("again") { (tx) async throws(PostgresError) in
                try tx.copy(into: "t", columns: ["n"], count: 1000) { numbers, writer in
                    for number in numbers {
                        writer.beginRow()
                        writer.append(int32: Int32(number))
                    }
                }
            }
            #expect(stored == 1000)
            #expect(try await pool.integer("SELECT count(*) FROM t") == 1000)
        }
    }

    @Test
    func `a connection lost after its first statement is not tried again`() async throws {
        try await Self.withTable { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransactionOnThread("once") { (tx) async throws(PostgresError) in
                    try tx.execute(Self.insert, [.int32(1)])
                    try tx.execute(Statement("end", "SELECT pg_terminate_backend(pg_backend_pid(), 0)"))
                }
            }
            #expect(error?.connectionLost == true)
            #expect(error?.commitOutcomeUnknown == false)
            let count = try await pool.integer("SELECT count(*) FROM t")
            #expect(count == 0)
        }
    }

    @Test
    func `a body that sends nothing leaves no transaction open`() async throws {
        try await Self.withTable { pool in
            let result = try await pool.withTransactionOnThread("nothing") { (_) async throws(PostgresError) in 5 }
            #expect(result == 5)
            #expect(pool.load.idle == 1)
            #expect(try await pool.integer("SELECT count(*) FROM t") == 0)
        }
    }

    @Test
    func `a connection lost before COMMIT is answered leaves the outcome unknown`() async throws {
        try await Self.withTable { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransactionOnThread("doomed") { (tx) async throws(PostgresError) in
                    let process = try tx.query(Statement("pid", "SELECT pg_backend_pid()")).only {
                        row throws(PostgresError) in try row.int64(0)
                    }
                    let end = Statement("terminate", "SELECT pg_terminate_backend($1, 5000)")
                    try await pool.execute(end, [.int32(Int32(process))])
                }
            }
            #expect(error?.commitOutcomeUnknown == true)
        }
    }
}
