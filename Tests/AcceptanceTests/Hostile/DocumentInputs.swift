import Foundation

/// Bodies that are no JSON, or more of it than anybody needs.
enum DocumentInputs {
    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    private static let empty: @Sendable () -> [UInt8] = { Array("[]".utf8) }

    static let types = HostileInput.all(
        HostileInput.each(
            [
                "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "text/plain",
                "",
            ]
        ) { .post("Content-Type: \($0)", 415, type: $0, empty) },
        [
            .framed("no media type", "Content-Type:\r\nContent-Length: 2\r\n", "[]", [400, 415]),
            .post("a known charset", 200, accepted: 0, type: "application/json; charset=UTF-8", empty),
        ],
        HostileInput.each([
            "br", "deflate", "gzip, gzip", "gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip",
            "gzip\r\nContent-Encoding: gzip",
        ]) { .post("Content-Encoding: \($0.debugDescription)", 415, headers: "Content-Encoding: \($0)\r\n", empty) })

    static let encodings: [HostileInput] =
        encoded(.utf16) + encoded(.utf16LittleEndian) + encoded(.utf16BigEndian) + encoded(.utf32) + marked

    private static let marked: [HostileInput] = [
        .json("\u{feff}[]", 400, named: "a byte order mark before JSON"),
        .csv(
            "\u{feff}prediction_id,age\n#,1\n", 200, accepted: 1,
            named: "a byte order mark before CSV, as Excel writes it"),
    ]

    /// Rows in another encoding than UTF-8.
    private static func encoded(_ encoding: String.Encoding) -> [HostileInput] {
        func bytes(_ text: String) -> [UInt8] { Array(text.data(using: encoding) ?? Data()) }
        let bodies: [(type: String, bytes: [UInt8])] = [
            ("application/json", bytes("[{\"prediction_id\":\"u\"}]")),
            ("application/x-ndjson", bytes("{\"prediction_id\":\"u\"}\n")),
            ("text/csv", bytes("prediction_id,age\nu,1\n")),
        ]
        return bodies.map { body in
            .post("\(body.type) in \(encoding)", 400, type: body.type) { body.bytes }
        }
    }

    /// `[]` as the program gzip packs it, without a time and a name.
    private static let packed: [UInt8] = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x8B, 0x8E, 0x05, 0, 0x29, 0xBB, 0x4C, 0x0D, 2, 0, 0, 0,
    ]

    /// With another checksum.
    private static var damaged: [UInt8] {
        var bytes = packed
        bytes[14] ^= 1
        return bytes
    }

    private static func gzip(_ name: String, _ status: Int, _ bytes: [UInt8]) -> HostileInput {
        .post(name, status, headers: "Content-Encoding: gzip\r\n") { bytes }
    }

    static let packing: [HostileInput] = [
        gzip("what gzip packs", 200, packed), gzip("junk behind it", 400, packed + Array("junk".utf8)),
        gzip("cut", 400, Array(packed.dropLast(4))), gzip("nothing", 400, []), gzip("what is not packed", 400, empty()),
        gzip("a wrong checksum", 400, damaged), gzip("a second member", 400, packed + packed),
        .post("a bomb", 413, headers: "Content-Encoding: gzip\r\n") {
            do { return try GzipBomb.bytes(of: 1 << 28) } catch { return [] }
        },
    ]

    static let syntax = HostileInput.all(
        HostileInput.each([
            "", " ", "[{\"prediction_id\":\"a\"", "{\"a\":", "[{\"prediction_id\":\"a\"},]",
            "[{\"prediction_id\":\"a\",}]",
            "[/*x*/]", "[] // x", "[{'prediction_id':'a'}]", "[{prediction_id:\"a\"}]", "[][]", "{} {}", "[]x", "[]\0",
            "[{\"score\":0.5,\"score\":0.5}]", "[{\"features\":{\"v\":1,\"\\u0076\":2}}]",
            "[{\"features\":{\"x\":{\"v\":1,\"\\u0076\":2}}}]", "[{\"prediction_id\":\"\\ud800\"}]",
            "[{\"prediction_id\":\"\\udc00\"}]", "[{\"prediction_id\":\"\\udc00\\ud800\"}]",
            "[{\"prediction_id\":\"\\ud83d\\u0041\"}]", "[{\"prediction_id\":\"a\u{1}\"}]",
            "[{\"prediction_id\":\"a\n\"}]",
            "[{\"prediction_id\":\"a\t\"}]", "[{\"prediction_id\":\"a\u{1f}\"}]", "[{\"prediction_id\":\"\\x41\"}]",
            "[{\"prediction_id\":\"\\u12\"}]",
        ]) { .json($0, 400, named: $0.debugDescription) },
        HostileInput.each([
            "NaN", "Infinity", "-Infinity", "nan", "01", "+1", ".5", "1.", "0x10", "1e", "1e+", "-", "--1", "1_0",
            "\u{663}",
        ]) { .json("[{\"features\":{\"age\":\($0)}}]", 400) })

    static let sizes: [HostileInput] = [
        .json(nested(64), 422, accepted: 0, named: "64 arrays inside one another"),
        .json(nested(65), 400, named: "65 arrays inside one another"),
        .json(nested(513), 400, named: "513 arrays inside one another"),
        .json(nested(100_000), 400, named: "100,000 arrays inside one another"),
        .json(String(repeating: "[", count: 1_000_000), 400, named: "a million brackets"),
        .json(
            String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000), 400,
            named: "100,000 objects inside one another"),
        .json("[{\"features\":{\"age\":\(nested(65))}}]", 400, named: "a deep feature"),
        .post("a deep model", 400, to: "/v1/models/z", method: "PUT") {
            Array((String(repeating: "{\"a\":", count: 65) + "1" + String(repeating: "}", count: 65)).utf8)
        },
        .post("a million keys", 400) {
            Array("[{\((0..<1_000_000).map { "\"k\($0)\":1" }.joined(separator: ","))}]".utf8)
        },
        .post("a million features", 400) {
            Array("[{\"features\":{\((0..<1_000_000).map { "\"k\($0)\":1" }.joined(separator: ","))}}]".utf8)
        },
        .post("a text of 10 MB", 400) {
            Array("[{\"prediction_id\":\"\(String(repeating: "x", count: 10_000_000))\"}]".utf8)
        },
        .post("a key of 2 MB", 400) { Array("[{\"\(String(repeating: "x", count: 2_000_000))\":1}]".utf8) },
        .post("more rows than a request may have", 413) {
            Array("[\(Array(repeating: "{}", count: 10_001).joined(separator: ","))]".utf8)
        },
        .post("a million rows of CSV", 413, type: "text/csv") {
            Array("age\n".utf8) + Array(String(repeating: "1\n", count: 1_000_000).utf8)
        },
    ]

    /// Bytes that are no UTF-8: a stray one, an overlong form, an encoded surrogate, beyond U+10FFFF, cut.
    private static let notText: [[UInt8]] = [
        [0xFF], [0xC0, 0xAE], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE0, 0x80, 0x80],
        [0xF0, 0x80, 0x80, 0x80],
    ]

    static let text: [HostileInput] = notText.flatMap(inputs)

    private static func inputs(_ bytes: [UInt8]) -> [HostileInput] {
        let name = bytes.map { String($0, radix: 16) }.joined()
        func around(_ before: String, _ after: String) -> [UInt8] {
            var all = Array(before.utf8)
            all += bytes
            all += Array(after.utf8)
            return all
        }
        let (first, second) = (HostileInput.newID, HostileInput.newID)
        let json = around("[{\"prediction_id\":\"", "\"}]")
        let lines = around("{\"prediction_id\":\"", "\"}\n{\"prediction_id\":\"\(first)\"}\n")
        let table = around("prediction_id,job\n\(first)-csv,", "\n\(second),a\n")
        let header = around("prediction_id,", "\nx,1\n")
        return [
            .post("\(name) in JSON", 400) { json },
            .post("\(name) in a line", 422, accepted: 1, type: "application/x-ndjson") { lines },
            .post("\(name) in CSV", 422, accepted: 1, type: "text/csv") { table },
            .post("\(name) in a header of CSV", 400, type: "text/csv") { header },
        ]
    }

    static let lines: [HostileInput] = [
        .lines("{\"prediction_id\":\"#a\"}\nbad\n{\"prediction_id\":\"#b\"}", 422, accepted: 2, named: "a bad line"),
        .lines(
            "{\"prediction_id\":\"#a\"}\r\n{\"prediction_id\":\"#b\"}", 200, accepted: 2,
            named: "CRLF and no last line end"),
        .lines(
            String(repeating: "\n", count: 1_000_000) + "{\"prediction_id\":\"#\"}", 200, accepted: 1,
            named: "a million blank lines"),
        .lines("\n\n\n", 400, accepted: 0, named: "nothing but blank lines"),
        .lines(
            "{\"prediction_id\":\"#\"}\n{\"x\":\"\(String(repeating: "a", count: 10_000_000))\"}\n", 422, accepted: 1,
            named: "a line of 10 MB"),
        .lines(
            "{\"prediction_id\":\"#\"}\n{\"features\":{\"age\":\(nested(65))}}\n", 422, accepted: 1,
            named: "a deep line"),
        .lines(
            "{\"prediction_id\":\"#a\"}\n{\"prediction_id\":\"a\\u0000\"}\n{\"prediction_id\":\"#b\"}\n", 422,
            accepted: 2, named: "a poison row between two good ones"),
    ]
}
