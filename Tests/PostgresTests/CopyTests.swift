import Postgres
import Synchronization
import TestSupport
import Testing

/// Binary COPY.
@Suite(.timeLimit(.minutes(15)))
struct CopyTests {
    @Test
    func `every type arrives as it was written`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(
                Statement(
                    "table",
                    """
                    CREATE TABLE everything (a bool, b int2, c int4, d int8, e float8, f text, g bytea, h timestamptz,
                        i jsonb, j json, k float8[], l text[], m int8[])
                    """))
            let columns = "abcdefghijklm".map(String.init)
            let stored = try await pool.withTransaction("copy") { (tx) async throws(PostgresError) in
                try await tx.copy(into: "everything", columns: columns, count: 2) { numbers, writer in
                    for number in numbers {
                        writer.beginRow()
                        if number == 0 {
                            Self.writeEverything(to: &writer)
                        } else {
                            for _ in 0..<13 { writer.appendNull() }
                        }
                    }
                }
            }
            #expect(stored == 2)
            let rows = try await pool.query(Statement("read", "SELECT * FROM everything ORDER BY a NULLS LAST"))
            let row = rows[0]
            let a = try row.bool(0)
            #expect(a)
            let b = try row.int16(1)
            #expect(b == -2)
            let c = try row.int32(2)
            #expect(c == 3)
            let d = try row.int64(3)
            #expect(d == 1 << 40)
            let e = try row.double(4)
            #expect(e == 0.1)
            let f = try row.string(5)
            #expect(f == "\\.")
            let g = try row.bytes(6)
            #expect(g == [0, 10, 255])
            let h = try row.timestamp(7)
            #expect(h == Timestamp(microseconds: 1_700_000_000_123_456))
            let i = try row.string(8)
            #expect(i == "{\"k\": [1, null]}")
            let j = try row.string(9)
            #expect(j == "{ }")
            let k = try row.array(10, of: Double.self)
            #expect(k == [1.5, nil])
            let l = try row.array(11, of: String.self)
            #expect(l == ["a", "\\.", "NULL"])
            let m = try row.array(12, of: Int64.self)
            #expect(m == [])
            let empty = rows[1]
            let nulls = (0..<13).count { empty.isNull($0) }
            #expect(nulls == 13)
        }
    }

    /// A value of every type.
    private static func writeEverything(to writer: inout CopyWriter) {
        writer.append(bool: true)
        writer.append(int16: -2)
        writer.append(int32: 3)
        writer.append(int64: 1 << 40)
        writer.append(double: 0.1)
        writer.append(text: "\\.")
        writer.append(bytes: [0, 10, 255])
        writer.append(timestamp: Timestamp(microseconds: 1_700_000_000_123_456))
        writer.append(jsonb: "{\"k\":[1,null]}")
        writer.append(json: "{ }")
        writer.append(array: [1.5, nil])
        writer.append(array: ["a", "\\.", "NULL"])
        writer.append(array: [Int64]())
    }

    @Test
    func `a text of backslash and dot does not end the stream`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE line (n int4, t text)"))
            let texts = ["before", "\\.", "\n\\.\n", "\\.\r\n", "after"]
            try await pool.withConnection { (connection) async throws(PostgresError) in
                _ = try await connection.copy(into: "line", columns: ["n", "t"], count: texts.count) {
                    numbers, writer in
                    for number in numbers {
                        writer.beginRow()
                        writer.append(int32: Int32(number))
                        writer.append(text: texts[number])
                    }
                }
            }
            let read = try await pool.query(Statement("read", "SELECT t FROM line ORDER BY n"))
                .map { row throws(PostgresError) in try row.string(0) }
            #expect(read == texts)
        }
    }

    @Test
    func `texts in different Unicode forms stay two keys`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE word (t text PRIMARY KEY)"))
            let stored = try await pool.withConnection { (connection) async throws(PostgresError) in
                try await Self.copy(
                    ["\u{E9}", "e\u{301}", "K", "\u{212A}", "quote \" '", "tab\t"], into: "word", connection)
            }
            #expect(stored == 6)
        }
    }

    @Test
    func `rows that the table swallows are noticed and rolled back`() async throws {
        try await TestServer.withPool { pool in
            try await pool.withConnection { (connection) async throws(PostgresError) in
                try await connection.script(
                    Statement(
                        "table",
                        """
                        CREATE TABLE sieve (n int4);
                        CREATE FUNCTION drop_odd() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN IF NEW.n % 2 = 1 THEN RETURN NULL; END IF; RETURN NEW; END $$;
                        CREATE TRIGGER drop_odd BEFORE INSERT ON sieve FOR EACH ROW EXECUTE FUNCTION drop_odd();
                        """))
            }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransaction("copy") { (tx) async throws(PostgresError) in
                    _ = try await Self.copy(Array(0..<10), into: "sieve", tx)
                }
            }
            #expect(error?.kind == .copyCount(sent: 10, stored: 5))
            #expect(try await pool.integer("SELECT count(*) FROM sieve") == 0)
        }
    }

    @Test
    func `a refused row refuses all and the connection stays usable`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE one (n int4 PRIMARY KEY)"))
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { (connection) async throws(PostgresError) in
                    _ = try await Self.copy([1, 2, 2], into: "one", connection)
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.constraint == "one_pkey")
            #expect(error?.sqlState?.blamesData == true)
            #expect(try await pool.integer("SELECT count(*) FROM one") == 0)
        }
    }

    @Test
    func `a table that does not exist leaves the connection usable`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { (connection) async throws(PostgresError) in
                    _ = try await Self.copy([1], into: "nowhere", connection)
                }
            }
            #expect(error?.sqlState == .undefinedTable)
            let one = try await pool.integer("SELECT 1")
            #expect(one == 1)
        }
    }

    @Test
    func `a NUL character is refused with a code that blames the data`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE word (t text)"))
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { (connection) async throws(PostgresError) in
                    _ = try await Self.copy(["a\0b"], into: "word", connection)
                }
            }
            #expect(error?.sqlState == .characterNotInRepertoire)
        }
    }

    @Test
    func `large batches arrive whole`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE wide (n int8, v float8[])"))
            let columns = (0..<20).map { column in
                (0..<50_000).map { row in row % 7 == 0 ? .nan : Double(row + column) }
            }
            for round in 0..<2 {
                let connection = try await PostgresConnection.open(pool.configuration)
                let stored = try await connection.copy(into: "wide", columns: ["n", "v"], count: 50_000) {
                    rows, writer in
                    for row in rows {
                        writer.beginRow()
                        writer.append(int64: Int64(round * 50_000 + row))
                        writer.append(row: row, of: columns)
                    }
                }
                #expect(stored == 50_000)
                await connection.close()
            }
            let present = (0..<50_000).filter { $0 % 7 != 0 }
            #expect(try await pool.integer("SELECT count(*) FROM wide") == 100_000)
            #expect(try await pool.integer("SELECT count(v[1]) FROM wide") == Int64(2 * present.count))
            let sum = 2 * present.reduce(0) { $0 + $1 + 19 }
            #expect(try await pool.integer("SELECT sum(v[20])::int8 FROM wide") == Int64(sum))
        }
    }

    @Test
    func `rows of very different lengths arrive in order, and few are written ahead`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE text (place serial, n int4, t text)"))
            let lengths = (0..<3000).map { $0 % 500 == 7 ? 1_000_000 : $0 % 90 }
            let asked = Mutex<[Int]>([])
            try await pool.withConnection { (connection) async throws(PostgresError) in
                _ = try await connection.copy(into: "text", columns: ["n", "t"], count: lengths.count) {
                    numbers, writer in
                    asked.withLock { $0.append(numbers.count) }
                    for number in numbers {
                        writer.beginRow()
                        writer.append(int32: Int32(number))
                        writer.append(text: String(repeating: "x", count: lengths[number]))
                    }
                }
            }
            #expect(asked.withLock { $0.first } == 1)
            #expect(asked.withLock { $0.reduce(0, +) } == 3000)
            #expect(asked.withLock { $0.max() ?? 0 } < 2000)
            #expect(try await pool.integer("SELECT count(*) FROM text WHERE n = place - 1") == 3000)
            #expect(
                try await pool.integer("SELECT sum(length(t))::int8 FROM text") == Int64(lengths.reduce(0, +)))
        }
    }

    @Test
    func `a row refused long before the last leaves the connection usable`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE one (n int4 PRIMARY KEY)"))
            let values = [1, 1] + (2..<200_000).map { Int32($0) }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { (connection) async throws(PostgresError) in
                    _ = try await Self.copy(values, into: "one", connection)
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(try await pool.integer("SELECT count(*) FROM one") == 0)
        }
    }

    @Test
    func `no rows are no rows`() async throws {
        try await TestServer.withPool { pool in
            try await pool.execute(Statement("table", "CREATE TABLE one (n int4 PRIMARY KEY)"))
            let stored = try await pool.withConnection { (connection) async throws(PostgresError) in
                try await Self.copy([Int32](), into: "one", connection)
            }
            #expect(stored == 0)
        }
    }

    private static func copy(
        _ values: [Int32], into table: String, _ connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        try await connection.copy(into: table, columns: ["n"], count: values.count) { numbers, writer in
            for number in numbers {
                writer.beginRow()
                writer.append(int32: values[number])
            }
        }
    }

    private static func copy(
        _ texts: [String], into table: String, _ connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        try await connection.copy(into: table, columns: ["t"], count: texts.count) { numbers, writer in
            for number in numbers {
                writer.beginRow()
                writer.append(text: texts[number])
            }
        }
    }
}
