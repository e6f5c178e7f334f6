import Testing

@testable import App

struct WireDecimalTests {
    private func read(_ text: String) -> DecimalNumber {
        DecimalNumber.read(text.utf8.span)
    }

    @Test(arguments: [
        ("0", 0.0), ("-0", 0), ("1", 1), ("+1", 1), ("-1.5", -1.5), (".5", 0.5), ("5.", 5), ("1e3", 1000),
        ("1E-3", 0.001), ("0.076918", 0.076918), ("001", 1),
        ("1e-400", 0), ("5e-324", .leastNonzeroMagnitude), ("4.9406564584124654e-324", .leastNonzeroMagnitude),
        ("1.7976931348623157e308", .greatestFiniteMagnitude),
        ("9007199254740992", 9_007_199_254_740_992), ("123456789012345678", 123_456_789_012_345_680), ("0.1", 0.1),
        ("1e22", 1e22), ("1e23", 1e23),
        ("9007199254740991e22", 9.007199254740991e37),
        ("2.2250738585072011e-308", Double(bitPattern: 0xF_FFFF_FFFF_FFFF)),
        ("0.000000000000000000000000000001", 1e-30),
        ("179769313486231570000", 1.7976931348623157e20), ("00000000000000000000000001.5", 1.5),
        ("1.00000000000000000000000000", 1),
    ])
    func `decimal numbers are the nearest double`(text: String, expected: Double) {
        #expect(read(text).double == expected)
    }

    @Test(arguments: [
        "", "+", "-", ".", "e1", "1e", "1e+", "1.2.3", "0x1", "nan", "inf", "1 ", " 1", "1,0", "1\0", "--1", "+-1",
        "1e1.5", "é",
    ])
    func `anything else is no number`(text: String) {
        #expect(read(text) == .none)
    }

    @Test(arguments: ["1e309", "-1e309", "1e999999999999999999999", "1.8e308"])
    func `what a double cannot hold is huge`(text: String) {
        #expect(read(text) == .huge)
    }

    @Test func `thousands of digits are read`() {
        #expect(read(String(repeating: "9", count: 10_000)) == .huge)
        #expect(read("0." + String(repeating: "3", count: 10_000)).double == 1.0 / 3)
        #expect(read(String(repeating: "0", count: 10_000) + "7").double == 7)
    }

    @Test(arguments: [
        ("9007199254740993", true), ("9007199254740994", false), ("-9007199254740993", true),
        ("9007199254740993.0", false), ("100000000000000000001", true),
    ])
    func `integers beyond 2 to the 53 are told apart`(text: String, expected: Bool) {
        guard case .value(_, let isInexactInteger) = read(text) else {
            Issue.record("no number: \(text)")
            return
        }
        #expect(isInexactInteger == expected)
    }

    @Test(arguments: (0..<100).map { UInt64($0) })
    func `it agrees with the standard library`(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<200 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            let digits = String(state).prefix(1 + Int(state % 20))
            let point = Int(state >> 8) % (digits.count + 1)
            let power = Int(state >> 20) % 60 - 30
            let text = "\(digits.prefix(point)).\(digits.dropFirst(point))e\(power)"
            #expect(read(text).double == Double(text) ?? Double("0" + text), "\(text)")
        }
    }
}
