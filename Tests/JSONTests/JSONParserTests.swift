import Testing

@testable import JSON

struct JSONParserTests {
    @Test(arguments: [
        ("", JSONError.Kind.truncated, 0), (" \n\t", .truncated, 3), ("[1, 2", .truncated, 5),
        ("{\"a\":", .truncated, 5),
        ("\"abc", .truncated, 4), ("tru", .truncated, 3), ("-", .truncated, 1), ("1e", .truncated, 2),
        ("[1,]", .syntax, 3), ("{\"a\":1,}", .syntax, 7), ("[1 /* no */]", .syntax, 3), ("{'a':1}", .syntax, 1),
        ("{a:1}", .syntax, 1), ("{} {}", .syntax, 3), ("1 2", .syntax, 2), ("{}x", .syntax, 2), ("[}", .syntax, 1),
        ("[\"a\u{1}b\"]", .syntax, 3), ("[\"a\nb\"]", .syntax, 3), ("NaN", .syntax, 0), ("[Infinity]", .syntax, 1),
        ("[-Infinity]", .syntax, 2), ("[nan]", .syntax, 2), ("01", .syntax, 1), ("+1", .syntax, 0), (".5", .syntax, 0),
        ("[1.]", .syntax, 3), ("0x10", .syntax, 1), ("[1e]", .syntax, 3), ("\"\\x\"", .syntax, 2),
        ("\"\\u12g4\"", .syntax, 5), ("\u{0}", .syntax, 0), ("True", .syntax, 0),
    ])
    func `malformed text is refused with the offset of the first bad byte`(
        text: String, kind: JSONError.Kind, offset: Int
    ) throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(kind, offset: offset))
    }

    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], 0), ([0xFE, 0xFF, 0x00, 0x7B], 0), ([0xFF, 0xFE, 0x7B, 0x00], 0),
            ([0x7B, 0x00, 0x7D, 0x00], 0), ([0x00, 0x7B, 0x00, 0x7D], 0), ([0x22, 0xC3, 0x28, 0x22], 1),
            ([0x22, 0xC0, 0xAF, 0x22], 1), ([0x22, 0x61, 0xED, 0xA0, 0x80, 0x22], 2),
            ([0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], 1),
            ([0x22, 0x61, 0xFF, 0x22], 2),
        ] as [([UInt8], Int)])
    func `what is not UTF-8 is refused`(bytes: [UInt8], offset: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: bytes) }
        #expect(error == JSONError(.encoding, offset: offset))
    }

    @Test(arguments: [
        (#"["a", "\ud800"]"#, 7), (#"["\udc00"]"#, 2), (#"["\ud800\u0041"]"#, 2), (#"["\ud83d\ud83d"]"#, 2),
        (#"["\\\ud800x"]"#, 4), (#"{"\uDFFF": 1}"#, 2), (#"["\uD83D\n"]"#, 2),
    ])
    func `half of a surrogate pair is refused`(text: String, offset: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(.encoding, offset: offset))
    }

    @Test(arguments: [
        (#""\ud83d\ude00""#, "😀"), (#""\\ud800""#, #"\ud800"#), (#""a\u0000b""#, "a\0b"),
        (#""\/\b\f\n\r\t\"""#, "/\u{8}\u{c}\n\r\t\""),
        ("\"é😀\"", "é😀"), (#""\u00e9""#, "é"),
    ])
    func `escapes are resolved`(text: String, expected: String) throws {
        let string = try JSONNode(parsing: text).string
        #expect(string?.utf8.elementsEqual(expected.utf8) == true)
    }

    @Test(arguments: [
        (#"{"v":1,"v":2}"#, 7), (#"{"v":1,"\u0076":2}"#, 7), (#"[{"a":{"b":1,"c":2,"b":3}}]"#, 19),
        (#"{"":1,"":1}"#, 6),
        (#"{"x":"v","y":"y","x":1}"#, 17),
    ])
    func `a key twice in one object is refused where it comes again`(text: String, offset: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(.duplicateKey, offset: offset))
    }

    @Test func `the same key in different objects is no duplicate`() throws {
        let node = try JSONNode(parsing: #"[{"a":1,"b":{"a":2}},{"a":3}]"#)
        #expect(node.text == #"[{"a":1,"b":{"a":2}},{"a":3}]"#)
    }

    @Test func `keys that look alike and differ in bytes are different keys`() throws {
        let node = try JSONNode(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
        #expect(node["\u{e9}"] == 1)
        #expect(node["e\u{301}"] == 2)
    }

    @Test(arguments: [1, 2, 31, 32, 33, 500, 5000], [false, true])
    func `a duplicate is found among any number of keys`(count: Int, repeats: Bool) throws {
        var keys = (0..<count).map { "key\($0)" }
        if repeats { keys.append("key\(count / 2)") }
        let text = "{" + keys.map { "\"\($0)\":[1]" }.joined(separator: ",") + "}"
        if repeats {
            let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
            #expect(error?.kind == .duplicateKey)
        } else {
            #expect(try JSONNode(parsing: text).members?.count == count)
        }
    }

    @Test(arguments: ["[", "{\"a\":"], [64, 65, 513, 100_000])
    func `containers may lie 64 deep`(opening: String, depth: Int) throws {
        let closing = opening == "[" ? "]" : "}"
        let text = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
        if depth <= 64 {
            #expect(try JSONNode(parsing: text).text == text)
        } else {
            let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
            #expect(error == JSONError(.depth, offset: 64 * opening.utf8.count))
        }
    }

    @Test func `an empty container counts as a level`() throws {
        let text = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(.depth, offset: 64))
    }

    @Test(arguments: [100_000, 1_000_000])
    func `opening brackets without end are refused without recursion`(count: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: String(repeating: "[", count: count)) }
        #expect(error == JSONError(.depth, offset: 64))
    }

    @Test func `a million keys are refused`() throws {
        let text = "{\"first\":{},\"many\":{" + (0..<1_000_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}}"
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(.tooManyKeys, offset: 19))
    }

    @Test(arguments: [#"["ok","#, #"{"ok":1,"#])
    func `a string or key of more than a mebibyte is refused`(start: String) throws {
        let long = String(repeating: "x", count: 1_048_577)
        let text = start + "\"\(long)\"" + (start.hasPrefix("[") ? "]" : ":1}")
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(.tooLongString, offset: start.utf8.count))
    }

    @Test(arguments: [("1e309", 0), ("[0, -1e99999999]", 4), (#"{"a":1,"b":1e400}"#, 11)])
    func `a number outside the range of a double is refused by itself`(text: String, offset: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error == JSONError(.number, offset: offset))
    }

    @Test func `a number outside the range of a double can be kept apart from the rest`() throws {
        var parser = JSONParser()
        let bytes = Array(#"[1, 1e309, 2.5, -1e999, 123456789012345678901234567890, "x", 18446744073709551615]"#.utf8)
        let root = try parser.parse(bytes.span, hugeNumbers: .kept)
        var kinds: [JSONKind] = []
        var doubles: [Double?] = []
        var elements = root.elements
        while let element = elements.next() {
            kinds.append(element.kind)
            doubles.append(element.double)
        }
        #expect(kinds == [.number, .hugeNumber, .number, .hugeNumber, .number, .string, .number])
        #expect(doubles == [1, nil, 2.5, nil, 1.2345678901234568e29, nil, 0x1p64])
    }

    @Test func `a batch with a bad number and a mistake elsewhere is still refused`() throws {
        var parser = JSONParser()
        let bytes = Array(#"[1e309, {"a":1,"a":2}]"#.utf8)
        let error = #expect(throws: JSONError.self) { _ = try parser.parse(bytes.span, hugeNumbers: .kept).kind }
        #expect(error == JSONError(.duplicateKey, offset: 15))
    }

    @Test(arguments: [
        ("0", 0.0), ("-0", 0), ("-0.0", 0), ("1e-400", 0), ("5e-324", .leastNonzeroMagnitude),
        ("2.2250738585072011e-308", Double(bitPattern: 0xF_FFFF_FFFF_FFFF)),
        ("1.7976931348623157e308", 1.7976931348623157e308), ("9007199254740993", 9007199254740992),
        ("9223372036854775808", 9223372036854775808), ("0.1", 0.1), ("1E2", 100), ("1e+2", 100),
    ])
    func `numbers become the nearest double`(text: String, expected: Double) throws {
        #expect(try JSONNode(parsing: text).double == expected)
    }

    @Test func `an integer of 300 digits is a double, one of 400 is refused`() throws {
        let digits = String(repeating: "9", count: 300)
        #expect(try JSONNode(parsing: digits).double == Double(digits))
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: String(repeating: "9", count: 400)) }
        #expect(error == JSONError(.number, offset: 0))
    }

    @Test(arguments: [
        ("9007199254740992", false), ("9007199254740993", true), ("-9007199254740993", true),
        ("9223372036854775807", true),
        ("9223372036854775808", false), ("18446744073709551615", true), ("100000000000000000000001", true),
        ("1e300", false),
        ("9007199254740993.5", false), ("-9223372036854775808", false),
    ])
    func `integers that no double is equal to are told apart`(text: String, expected: Bool) throws {
        var parser = JSONParser()
        let bytes = Array(text.utf8)
        #expect(try parser.parse(bytes.span).isInexactInteger == expected)
    }

    @Test(arguments: [
        ("1", "1"), ("1.0", "1"), ("-0.0", "0"), ("1e2", "100"), ("1.50", "1.5"), ("true", "true"), ("\"01\"", "01"),
        ("9007199254740993", "9007199254740993"), ("18446744073709551615", "18446744073709551615"), ("1e21", "1e+21"),
    ])
    func `scalars have a shortest text`(text: String, expected: String) throws {
        var parser = JSONParser()
        let bytes = Array(text.utf8)
        #expect(try parser.parse(bytes.span).text == expected)
    }

    @Test func `a parser is used again after success and failure`() throws {
        var parser = JSONParser()
        for round in 1...50 {
            let good = Array(#"{"n":\#(round),"s":"\#(String(repeating: "x", count: round * 400))"}"#.utf8)
            #expect(try parser.parse(good.span).member("n")?.int64 == Int64(round))
            let bad = Array("[1,".utf8)
            #expect(throws: JSONError(.truncated, offset: 3)) { _ = try parser.parse(bad.span).kind }
        }
    }

    @Test func `objects and arrays are walked in order without copying`() throws {
        var parser = JSONParser()
        let bytes = Array(#"{"a":[1,{"x":2},[]],"b":{},"c":null,"d":false}"#.utf8)
        let root = try parser.parse(bytes.span)
        var names: [String] = []
        var kinds: [JSONKind] = []
        var members = root.members
        while let member = members.next() {
            names.append(member.name)
            kinds.append(member.value.kind)
        }
        #expect(names == ["a", "b", "c", "d"])
        #expect(kinds == [.array, .object, .null, .bool])
        #expect(root.member("a")?.count == 3)
        #expect(root.count == 4)
        var elementsOfObject = root.elements
        var seen = 0
        while let _ = elementsOfObject.next() { seen += 1 }
        #expect(seen == 0)
    }
}
