import Monitoring
import Statistics
import Testing

@testable import App

struct WireCSVTests {
    /// All records of a body that comes in chunks of a size.
    private static func records(_ body: [UInt8], chunk: Int) throws(WireError) -> [[String]] {
        var reader = CSVReader()
        var records: [[String]] = []
        func take(_ reader: borrowing CSVReader) {
            records.append(
                (0..<reader.fieldCount).map { index in
                    let field = reader.field(index)
                    return String(decoding: field.indices.map { field[$0] }, as: UTF8.self)
                })
        }
        for start in stride(from: 0, to: body.count, by: chunk) {
            reader.append(Array(body[start..<min(start + chunk, body.count)]))
            while try reader.next() { take(reader) }
        }
        reader.finish()
        while try reader.next() { take(reader) }
        return records
    }

    /// Bodies with their records; nil for a mistake.
    private static let bodies: [(String, [[String]]?)] = [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r", [["a", "b"], ["1", "2"]]), ("\n\r\na\n\n\nb\n\n", [["a"], ["b"]]), ("\"\"\n", [[""]]),
        ("a,\n,b\n", [["a", ""], ["", "b"]]),
        (",", [["", ""]]), ("\"a,b\",\"c\nd\",\"e\"\"f\"\n", [["a,b", "c\nd", "e\"f"]]),
        ("\"a\r\nb\"\r\n", [["a\r\nb"]]),
        ("\"\"\"\"\n", [["\""]]), ("\"\"\"x\"\"\",y\n", [["\"x\"", "y"]]), ("a\"b,c\n", [["a\"b", "c"]]),
        ("a\rb,c\n", [["a\rb", "c"]]),
        ("\u{feff}a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("\\.\n", [["\\."]]),
        ("\\.,=1+1,-x,@y,\t\n", [["\\.", "=1+1", "-x", "@y", "\t"]]),
        ("é,😀\n", [["é", "😀"]]), ("", []), ("\u{feff}", []), ("\n\n", []), ("\"a\"", [["a"]]), ("\"a\",", [["a", ""]]),
        (" a , b \n", [[" a ", " b "]]),
        ("\r", []), ("a,b\r\r\n", [["a", "b\r"]]), ("\"x\"\"", nil), ("\"abc", nil), ("a,\"b\nc,d\n", nil),
        ("\"a\"b\n", nil), ("\"a\" ,b\n", nil), ("\"a\"\rb", nil),
    ]

    @Test(arguments: bodies, [1, 2, 3, 7, 1000])
    func `records are the same however the bytes come`(input: (String, [[String]]?), chunk: Int) throws {
        let (body, records) = input
        if let expected = records {
            #expect(try Self.records(Array(body.utf8), chunk: chunk) == expected)
        } else {
            #expect(throws: WireError.self) { try Self.records(Array(body.utf8), chunk: chunk) }
        }
    }

    @Test(arguments: [
        ("a,b\n1,2\n3,\"x\ny\n", 3), ("a\n\"b\"c\n", 2), ("a\n\"1\n2\"\n\n\"q\"x\n", 5), ("\"a", 1),
    ])
    func `a mistake in quotes is refused with its line`(body: String, line: Int) {
        let error = #expect(throws: WireError.self) { try WireSchema.predictions(body, .csv) }
        guard case .notCSV(let found, _) = error else {
            Issue.record("not refused as CSV: \(String(describing: error))")
            return
        }
        #expect(found == line)
    }

    @Test(arguments: [
        "a,b,a\n1,2,3\n", "age,features.age\n1,2\n", "a,,b\n1,2,3\n", "", "\n\n", "score,score\n1,2\n", "a\0,b\n",
    ])
    func `a header that cannot be understood is refused`(body: String) {
        let error = #expect(throws: WireError.self) { try WireSchema.predictions(body, .csv) }
        guard case .notCSV(line: 1, _) = error else {
            Issue.record("not refused in the first line: \(String(describing: error))")
            return
        }
    }

    @Test func `a header that is not UTF-8 is refused`() throws {
        let schema = try WireSchema.schema(.binary)
        #expect(throws: WireError.self) {
            try PredictionPayload([0x61, 0xFF, 0x0A], encoding: .csv, schema: schema, now: WireSchema.now)
        }
    }

    @Test func `a header alone has no rows`() throws {
        #expect(try WireSchema.predictions("age,job", .csv).total == 0)
    }

    @Test func `ragged rows, zero bytes and bad UTF-8 reject their row alone`() throws {
        let body =
            Array("prediction_id,age,job\na,1,x\nb,1\nc,1,x,y\nd,\0,x\ne,2,".utf8) + [0xFF, 0x0A]
            + Array("f,3,z\n".utf8)
        let payload = try PredictionPayload(
            body, encoding: .csv, schema: WireSchema.schema(.binary), now: WireSchema.now)
        #expect(payload.batch.ids == ["a", "f"])
        #expect(payload.dataRows == [0, 5])
        #expect(payload.rejections.map(\.index) == [1, 2, 3, 4])
        #expect(payload.rejections[0].detail.contains("line 3"))
        #expect(payload.rejections[3].pointer == "/features/job")
    }

    @Test(arguments: [false, true])
    func `a field of ten megabytes is refused`(isQuoted: Bool) {
        let long = String(repeating: "x", count: 10_000_000)
        #expect(throws: WireError.self) {
            try WireSchema.predictions("job\n" + (isQuoted ? "\"\(long)\"" : long) + "\n", .csv)
        }
    }

    @Test func `a field without end is refused while it comes`() throws {
        var reader = CSVReader()
        reader.append(Array("a\n\"".utf8))
        #expect(try reader.next())
        #expect(throws: WireError.self) {
            for _ in 0..<30 {
                reader.append([UInt8](repeating: 0x61, count: 100_000))
                while try reader.next() {}
            }
        }
    }

    @Test(arguments: [19_999, 20_000, 20_001])
    func `twenty thousand columns are the most`(count: Int) throws {
        let header = (0..<count).map { "f\($0)" }.joined(separator: ",")
        let row = Array(repeating: "1", count: count).joined(separator: ",")
        if count <= 20_000 {
            let payload = try WireSchema.predictions(header + "\n" + row, .csv)
            #expect(payload.warningCount == count)
            #expect(payload.batch.count == 1)
        } else {
            #expect(throws: WireError.self) { try WireSchema.predictions(header + "\n" + row, .csv) }
        }
    }

    @Test(arguments: [0, 1, 7, 100])
    func `tiny chunks do not make a long field costly`(extra: Int) throws {
        var reader = CSVReader()
        reader.append(Array("a\n".utf8))
        #expect(try reader.next())
        for _ in 0..<200_000 {
            reader.append([0x78])
            #expect(try !reader.next())
        }
        reader.append([UInt8](repeating: 0x78, count: extra) + [0x0A])
        #expect(try reader.next())
        #expect(reader.field(0).count == 200_000 + extra)
    }
}
