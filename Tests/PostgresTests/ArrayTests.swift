import Postgres
import TestSupport
import Testing

/// Arrays, with and without NULL, as parameters and in rows.
@Suite(.timeLimit(.minutes(15)))
struct ArrayTests {
    private func echo<Element: PostgresElement & Equatable>(_ values: [Element?], cast: String) async throws
        -> [Element?]
    {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let rows = try await connection.query(Statement("echo", "SELECT $1::\(cast)"), [.array(values)])
        let result = try rows.only { row throws(PostgresError) in try row.array(0, of: Element.self) }
        await connection.close()
        return result
    }

    @Test
    func `int2 arrays come back`() async throws {
        let values: [Int16?] = [1, nil, -32768, 32767]
        #expect(try await echo(values, cast: "int2[]") == values)
    }

    @Test
    func `int4 arrays come back`() async throws {
        let values: [Int32?] = [1, nil, .min, .max]
        #expect(try await echo(values, cast: "int4[]") == values)
    }

    @Test
    func `int8 arrays come back`() async throws {
        let values: [Int64?] = [nil, .min, .max, nil]
        #expect(try await echo(values, cast: "int8[]") == values)
    }

    @Test
    func `float8 arrays come back`() async throws {
        let values: [Double?] = [0.1, nil, -.infinity, 1e300]
        #expect(try await echo(values, cast: "float8[]") == values)
    }

    @Test
    func `bool arrays come back`() async throws {
        let values: [Bool?] = [true, nil, false]
        #expect(try await echo(values, cast: "bool[]") == values)
    }

    @Test
    func `text arrays come back, and the text NULL is not NULL`() async throws {
        let values: [String?] = ["", nil, "NULL", "{a,\"b\"}", "\\.", "\u{E9}", "e\u{301}"]
        let read = try await echo(values, cast: "text[]")
        #expect(read.map { $0.map { Array($0.utf8) } } == values.map { $0.map { Array($0.utf8) } })
    }

    @Test
    func `bytea arrays come back`() async throws {
        let values: [[UInt8]?] = [[], nil, [0, 1, 255]]
        #expect(try await echo(values, cast: "bytea[]") == values)
    }

    @Test
    func `timestamptz arrays come back`() async throws {
        let values: [Timestamp?] = [Timestamp(microseconds: 1), nil, Timestamp(microseconds: -5_000_001)]
        #expect(try await echo(values, cast: "timestamptz[]") == values)
    }

    @Test
    func `an empty array comes back`() async throws {
        #expect(try await echo([Double?](), cast: "float8[]") == [])
    }

    @Test
    func `NaN becomes NULL on the way in and NULL becomes NaN on the way out`() async throws {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let rows = try await connection.query(
            Statement("nulls", "SELECT $1::float8[], array_positions($1::float8[], NULL)::int4[]"),
            [.array(nullForNaN: [1, .nan, 3])])
        let (values, positions) = try rows.only { row throws(PostgresError) in
            (try row.doubles(0), try row.array(1, of: Int32.self, null: -1))
        }
        #expect(positions == [2])
        #expect(values[0] == 1 && values[1].isNaN && values[2] == 3)
        await connection.close()
    }

    @Test(arguments: ["ARRAY[[1,2],[3,4]]::float8[]", "ARRAY['a']::text[]", "1::float8"])
    func `what is no one-dimensional array of numbers is a decoding error`(expression: String) async throws {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let rows = try await connection.query(Statement("shape", "SELECT \(expression)"))
        let error = #expect(throws: PostgresError.self) {
            try rows.only { row throws(PostgresError) in try row.doubles(0) }
        }
        #expect(error?.kind == .decoding)
        await connection.close()
    }

    @Test
    func `rows of arrays become columns`() async throws {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let rows = try await connection.query(
            Statement("columns", "SELECT ARRAY[i, NULL, i * 2]::float8[] FROM generate_series(1, 3) i ORDER BY i"))
        var columns: [[Double]] = [[], [], []]
        try rows.forEach { row throws(PostgresError) in try row.appendDoubles(0, to: &columns) }
        #expect(columns[0] == [1, 2, 3])
        #expect(columns[1].count { $0.isNaN } == 3)
        #expect(columns[2] == [2, 4, 6])
        await connection.close()
    }
}
