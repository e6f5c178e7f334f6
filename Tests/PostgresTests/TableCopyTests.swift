import Postgres
import TestSupport
import Testing

/// Rows of several tables that are sent together, with SQL behind them.
@Suite(.timeLimit(.minutes(15)))
struct TableCopyTests {
    /// Tables `a` and `b` of keys, and `note`, in which one row stands.
    private static func withTables(_ body: (PostgresPool) async throws -> Void) async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.withConnection { (connection) async throws(PostgresError) in
                try await connection.script(
                    Statement(
                        "tables",
                        """
                        CREATE TABLE a (n int4 PRIMARY KEY); CREATE TABLE b (n int4 PRIMARY KEY);
                        CREATE TABLE note (n int8); INSERT INTO note VALUES (0)
                        """))
            }
            try await body(pool)
        }
    }

    private static func rows(_ table: String, _ values: [Int32]) -> TableCopy {
        TableCopy(into: table, columns: ["n"], count: values.count) { numbers, writer in
            for number in numbers {
                writer.beginRow()
                writer.append(int32: values[number])
            }
        }
    }

    private static let counted = Statement(
        "counted", "INSERT INTO note SELECT count(*) FROM a; INSERT INTO note SELECT n FROM b")

    @Test
    func `all tables get their rows before what stands behind them runs`() async throws {
        try await Self.withTables { pool in
            let touched = try await pool.withTransactionOnThread("all") { (tx) async throws(PostgresError) in
                try tx.copy([Self.rows("a", [-1, -2, -3]), Self.rows("b", Array(4..<50_004))], end: Self.counted)
            }
            #expect(touched == 50_000)
            #expect(try await pool.integer("SELECT count(*) FROM a") == 3)
            #expect(try await pool.integer("SELECT count(*) FROM note WHERE n = 3") == 1)
            #expect(try await pool.integer("SELECT count(*) FROM note") == 50_002)
        }
    }

    @Test
    func `without tables only what stands behind them runs`() async throws {
        try await Self.withTables { pool in
            let touched = try await pool.withTransactionOnThread("none") { (tx) async throws(PostgresError) in
                try tx.copy([], end: Statement("end", "UPDATE note SET n = 7; UPDATE note SET n = 8 WHERE n = 9"))
            }
            #expect(touched == 0)
            #expect(try await pool.integer("SELECT n FROM note") == 7)
        }
    }

    /// What is refused: rows of a table, or what stands behind them.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var tables: [(name: String, values: [Int32])] = [("a", [1]), ("b", [2])]
        var end = TableCopyTests.counted
        let statement: String
        let state: SQLState
    }

    @Test(arguments: [
        Refusal(
            testDescription: "rows of the first table", tables: [("a", [1, 1]), ("b", [2])], statement: "copy into a",
            state: .uniqueViolation),
        Refusal(
            testDescription: "rows of the last table", tables: [("a", [1]), ("b", [2, 2])], statement: "copy into b",
            state: .uniqueViolation),
        Refusal(
            testDescription: "no first table", tables: [("nowhere", [1]), ("b", [2])], statement: "copy into nowhere",
            state: .undefinedTable),
        Refusal(
            testDescription: "no last table", tables: [("a", [1]), ("nowhere", [2])], statement: "copy into nowhere",
            state: .undefinedTable),
        Refusal(
            testDescription: "what stands behind them",
            end: Statement("end", "INSERT INTO note VALUES (1); SELECT 1 / 0; INSERT INTO note VALUES (2)"),
            statement: "end", state: .divisionByZero),
    ])
    func `what is refused is named, nothing is stored, and the connection stays usable`(
        _ refusal: Refusal
    ) async throws {
        try await Self.withTables { pool in
            let process = try await pool.integer("SELECT pg_backend_pid()")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransactionOnThread("all") { (tx) async throws(PostgresError) in
                    try tx.copy(refusal.tables.map { Self.rows($0.name, $0.values) }, end: refusal.end)
                }
            }
            #expect(error?.statement == refusal.statement)
            #expect(error?.sqlState == refusal.state)
            let left = try await pool.integer("SELECT (SELECT count(*) FROM a) + (SELECT count(*) - 1 FROM note)")
            #expect(left == 0)
            let again = try await pool.integer("SELECT pg_backend_pid()")
            #expect(again == process)
        }
    }

    @Test
    func `rows that a table swallows are noticed after the others were read, and rolled back`() async throws {
        try await Self.withTables { pool in
            try await pool.withConnection { (connection) async throws(PostgresError) in
                try await connection.script(
                    Statement(
                        "sieve",
                        """
                        CREATE FUNCTION drop_odd() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN IF NEW.n % 2 = 1 THEN RETURN NULL; END IF; RETURN NEW; END $$;
                        CREATE TRIGGER drop_odd BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION drop_odd();
                        """))
            }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransactionOnThread("all") { (tx) async throws(PostgresError) in
                    try tx.copy([Self.rows("a", [1, 2, 3]), Self.rows("b", [4])], end: Self.counted)
                }
            }
            #expect(error?.kind == .copyCount(sent: 3, stored: 1))
            #expect(error?.statement == "copy into a")
            let left = try await pool.integer("SELECT count(*) FROM b")
            #expect(left == 0)
        }
    }
}
