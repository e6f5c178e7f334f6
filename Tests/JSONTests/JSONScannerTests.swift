import Testing

@testable import JSON

struct JSONScannerTests {
    /// Documents made of pieces that matter to the grammar, most of them broken.
    private static func document(seed: UInt64) -> [UInt8] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func draw(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0041\"", "\"\\\\\"", "1", "-2.5", "1e3", "1e400",
            "true", "null", " ",
            "\n", "\"", "\\", "é", "\u{1}", "0", "-", ".", "123456789012345678901",
        ]
        // Half of the documents are grown by the grammar, so that many are valid.
        func value(_ depth: Int) -> String {
            switch draw(depth > 4 ? 4 : 6) {
            case 0: ["1", "-2.5", "1e3", "1e400", "0", "123456789012345678901", "-0"][draw(7)]
            case 1: ["\"a\"", "\"\\u0041\"", "\"é\\n\"", "\"\""][draw(4)]
            case 2: ["true", "false", "null"][draw(3)]
            case 3: " \(draw(1000)) "
            case 4: "[" + (0..<draw(4)).map { _ in value(depth + 1) }.joined(separator: ",") + "]"
            default: "{" + (0..<draw(4)).map { "\"k\($0)\" : \(value(depth + 1))" }.joined(separator: ",") + "}"
            }
        }
        if seed % 2 == 0 { return Array((0..<(1 + draw(12))).map { _ in pieces[draw(pieces.count)] }.joined().utf8) }
        var bytes = Array(value(0).utf8)
        if draw(3) == 0 { bytes[draw(bytes.count)] = UInt8(draw(128)) }
        return bytes
    }

    @Test(arguments: (0..<40).map { UInt64($0) })
    func `the scanner and simdjson agree about every document`(block: UInt64) throws {
        var parser = JSONParser()
        for seed in (block * 250)..<(block * 250 + 250) {
            let bytes = Self.document(seed: seed)
            var scanner = JSONScanner(bytes.span, depth: 64)
            let scanned: JSONError?
            do {
                try scanner.scanDocument()
                scanned = nil
            } catch { scanned = error }
            let parsed: JSONError?
            do {
                _ = try parser.parse(bytes.span, hugeNumbers: .kept).kind
                parsed = nil
            } catch { parsed = error }
            // Duplicate keys and UTF-16 are no matter of the grammar.
            if parsed?.kind == .duplicateKey || parsed?.kind == .encoding { continue }
            #expect(scanned == parsed, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
