import Postgres
import TestSupport
import Testing

/// Every type goes to the server as a parameter and comes back the same.
@Suite(.timeLimit(.minutes(15)))
struct ValueTests {
    /// Sends a parameter and gives what the body reads from the answer.
    private func echo<Value: Sendable>(
        _ value: PostgresValue, cast: String,
        _ read: @Sendable (borrowing Row) throws(PostgresError) -> Value
    ) async throws -> Value {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let rows = try await connection.query(Statement("echo", "SELECT $1::\(cast)"), [value])
        let result = try rows.only(read)
        await connection.close()
        return result
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 1 << 33, .max])
    func `an int8 comes back`(value: Int64) async throws {
        #expect(try await echo(.int64(value), cast: "int8") { row throws(PostgresError) in try row.int64(0) } == value)
    }

    @Test(arguments: [Int32.min, -1, 0, .max])
    func `an int4 comes back and widens`(value: Int32) async throws {
        let read = try await echo(.int32(value), cast: "int4") { row throws(PostgresError) in
            (try row.int32(0), try row.int64(0), try row.double(0))
        }
        #expect(read == (value, Int64(value), Double(value)))
    }

    @Test(arguments: [Int16.min, -1, 0, .max])
    func `an int2 comes back and widens`(value: Int16) async throws {
        let read = try await echo(.int16(value), cast: "int2") { row throws(PostgresError) in
            (try row.int16(0), try row.int32(0), try row.int(0))
        }
        #expect(read == (value, Int32(value), Int(value)))
    }

    @Test(arguments: [0.0, -0.0, 1.5, .pi, -Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, .nan])
    func `a float8 comes back bit for bit`(value: Double) async throws {
        let read = try await echo(.double(value), cast: "float8") { row throws(PostgresError) in try row.double(0) }
        #expect(read.bitPattern == value.bitPattern)
    }

    @Test(arguments: [true, false])
    func `a bool comes back`(value: Bool) async throws {
        #expect(try await echo(.bool(value), cast: "bool") { row throws(PostgresError) in try row.bool(0) } == value)
    }

    @Test(arguments: [
        "", "plain", "\\.", "it's \"quoted\"", "a\\b\tc\r\nd", "\u{E9}", "e\u{301}", "\u{1F980}", "\u{212A}",
    ])
    func `a text comes back byte for byte`(value: String) async throws {
        let read = try await echo(.text(value), cast: "text") { row throws(PostgresError) in try row.string(0) }
        #expect(Array(read.utf8) == Array(value.utf8))
    }

    @Test(arguments: [[], [0], [0, 255, 10, 92, 46, 0], [UInt8](repeating: 7, count: 100_000)])
    func `a bytea comes back`(value: [UInt8]) async throws {
        #expect(try await echo(.bytes(value), cast: "bytea") { row throws(PostgresError) in try row.bytes(0) } == value)
    }

    @Test(arguments: [Octets16(high: 0, low: 0), Octets16(high: 1 << 63, low: 255), Octets16(high: .max, low: .max)])
    func `sixteen bytes come back, and are a bytea with the first byte in front`(value: Octets16) async throws {
        let read = try await echo(.array([value]), cast: "bytea[]") { row throws(PostgresError) in
            (try row.array(0, of: Octets16.self), try row.array(0, of: [UInt8].self))
        }
        #expect(read.0 == [value])
        #expect(read.1 == [[value.high, value.low].flatMap { word in word.bigEndianBytes }])
    }

    @Test(arguments: [0, 15, 17])
    func `a bytea of another length is not sixteen bytes`(count: Int) async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await echo(.bytes([UInt8](repeating: 7, count: count)), cast: "bytea") { row throws(PostgresError) in
                try row.value(0, as: Octets16.self)
            }
        }
        #expect(error?.kind == .decoding)
    }

    @Test
    func `the location of a row comes back, and leads to the row`() async throws {
        try await TestServer.withSchema { configuration in
            let connection = try await PostgresConnection.open(configuration)
            try await connection.script(Statement("table", "CREATE TABLE t AS SELECT generate_series(1, 1000) AS n"))
            let wanted: [Int32] = [1, 500, 1000]
            let find = Statement("find", "SELECT ctid, NULL::tid FROM t WHERE n = ANY ($1) ORDER BY n")
            let found = try await connection.query(find, [.array(wanted)]).map { row throws(PostgresError) in
                (try row.value(0, as: RowLocation.self), try row.valueIfPresent(1, as: RowLocation.self))
            }
            #expect(Set(found.map(\.0)).count == 3)
            #expect(found.allSatisfy { $0.1 == nil })
            let go = Statement(
                "go",
                """
                SELECT t.n FROM unnest($1::tid[]) WITH ORDINALITY AS wanted (place, i) JOIN t ON t.ctid = wanted.place
                ORDER BY i
                """)
            let back = try await connection.query(go, [.array(found.map(\.0))]).map { row throws(PostgresError) in
                try row.int32(0)
            }
            #expect(back == wanted)
            await connection.close()
        }
    }

    @Test
    func `a bytea can be read without a copy`() async throws {
        let sum = try await echo(.bytes([1, 2, 3]), cast: "bytea") { row throws(PostgresError) in
            let span = try row.span(0)
            return span.byteCount
        }
        #expect(sum == 3)
    }

    @Test(arguments: [
        Int64(0), 1, -1, 946_684_800_000_000, 1_700_000_000_123_456, -62_135_596_800_000_000, 253_402_300_799_999_999,
        .max,
    ])
    func `a timestamptz comes back to the microsecond`(microseconds: Int64) async throws {
        let value = Timestamp(microseconds: microseconds)
        let read = try await echo(.timestamp(value), cast: "timestamptz") { row throws(PostgresError) in
            try row.timestamp(0)
        }
        #expect(read == value)
    }

    @Test
    func `the server reads a timestamp as the same instant`() async throws {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: TestServer.connectionString))
        let text = try await connection.query(
            Statement("utc", "SELECT ($1::timestamptz AT TIME ZONE 'UTC')::text"),
            [.timestamp(Timestamp(microseconds: 1_700_000_000_123_456))]
        ).only { row throws(PostgresError) in try row.string(0) }
        #expect(text == "2023-11-14 22:13:20.123456")
        await connection.close()
    }

    @Test(arguments: [Int64.min, Int64.min + 1])
    func `an instant outside PostgreSQL's years is refused by the server`(microseconds: Int64) async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await echo(.timestamp(Timestamp(microseconds: microseconds)), cast: "timestamptz") {
                row throws(PostgresError) in try row.timestamp(0)
            }
        }
        #expect(error?.sqlState == .datetimeFieldOverflow)
    }

    @Test
    func `an infinite timestamp is a decoding error`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await echo(.text("infinity"), cast: "timestamptz") { row throws(PostgresError) in try row.timestamp(0) }
        }
        #expect(error?.kind == .decoding)
    }

    @Test
    func `json and jsonb come back as text`() async throws {
        #expect(
            try await echo(.json("{\"b\": 1,  \"a\": 2}"), cast: "json") { row throws(PostgresError) in
                try row.string(0)
            } == "{\"b\": 1,  \"a\": 2}")
        #expect(
            try await echo(.jsonb("{\"bb\":1,\"a\":2}"), cast: "jsonb") { row throws(PostgresError) in try row.string(0)
            } == "{\"a\": 2, \"bb\": 1}")
    }

    @Test(arguments: [
        (PostgresValue.int64(nil), "int8"), (.text(nil), "text"), (.double(nil), "float8"), (.bytes(nil), "bytea"),
        (.jsonb(nil), "jsonb"), (.json(nil), "json"), (.timestamp(nil), "timestamptz"), (.bool(nil), "bool"),
        (.null(.doubleArray), "float8[]"),
    ])
    func `NULL is a value of its own`(value: PostgresValue, type: String) async throws {
        #expect(try await echo(value, cast: type) { row throws(PostgresError) in row.isNull(0) })
    }

    @Test
    func `a reader of NULL says so and its optional form gives nil`() async throws {
        #expect(
            try await echo(.int64(nil), cast: "int8") { row throws(PostgresError) in try row.int64IfPresent(0) } == nil)
        let error = await #expect(throws: PostgresError.self) {
            try await echo(.int64(nil), cast: "int8") { row throws(PostgresError) in try row.int64(0) }
        }
        #expect(error?.kind == .decoding)
        #expect(error?.message.contains("NULL") == true)
    }

    @Test
    func `a reader of another type says which column it was`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await echo(.text("secret"), cast: "text AS town") { row throws(PostgresError) in try row.int64(0) }
        }
        #expect(error?.kind == .decoding)
        #expect(error?.message.contains("town") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test
    func `an integer that does not fit is not cut`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await echo(.int64(1 << 40), cast: "int8") { row throws(PostgresError) in try row.int32(0) }
        }
        #expect(error?.kind == .decoding)
    }
}

extension UInt64 {
    fileprivate var bigEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * UInt64($0))) } }
}
