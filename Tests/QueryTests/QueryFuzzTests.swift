import Monitoring
import Query
import Testing

/// Whatever the text, the answer is a value or an error.
struct QueryFuzzTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let words = [
        "a", "b{", "}", "{", "(", ")", "[", "]", "5m", "5", "0x", "1e", "1e+", ".", "..", "\"", "'", "`", "\\", "\\x",
        "\\u12", "=", "=~", "!=", "!~", "!", "==", "<", ">=", "+", "-", "*", "/", "%", "^", "and", "or",
        "unless", "on(", "ignoring", "group_left", "bool", "sum", "by", "without", "topk(", "abs(", "label_replace(",
        "absent(", "offset", "@", ",", "#", "\n", " ", "ä", "\u{0}", "\u{301}", "😀", "NaN", "Inf", "__name__", ":",
        "quantile(0.5,", "scalar(", "time()", "1 / 0", "{a=\"b\"}", "{a=~\"(a|b)*[c\"}",
    ]

    private static func text(seed: UInt64) -> String {
        var random = Generator(state: seed)
        return (0..<Int.random(in: 1...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined()
    }

    @Test(arguments: UInt64(0)..<100)
    func `random words never trap`(seed: UInt64) {
        for round in 0..<50 {
            let text = Self.text(seed: seed &* 1000 &+ UInt64(round))
            do {
                let expression = try Expression(text)
                _ = try expression.evaluate(at: .latest, samples: expression.selectors.map { _ in [] })
            } catch {
                #expect(error.position >= .start)
            }
        }
    }

    @Test(arguments: UInt64(0)..<100)
    func `random bytes never trap`(seed: UInt64) {
        var random = Generator(state: seed)
        let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
        let text = String(decoding: bytes, as: UTF8.self)
        do { _ = try Expression(text) } catch { #expect(error.position >= .start) }
        do { _ = try Labels(parsing: text) } catch { #expect(error.position >= .start) }
    }

    @Test(arguments: UInt64(0)..<100)
    func `random patterns never trap`(seed: UInt64) {
        var random = Generator(state: seed)
        let pieces = [
            "a", "b", "(", ")", "(?:", "(?P<n>", "(?i)", "|", "*", "+", "?", "{2}", "{1,}", "[", "]", "^", "$", ".",
            "\\", "\\d", "\\pL", "-", "[:alpha:]", "\\b", "\\Q", "\\E", "ä",
        ]
        for _ in 0..<50 {
            let pattern = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            do {
                let expression = try RegularExpression(pattern)
                _ = expression.matchesWhole("aabä-b")
                _ = expression.replacingMatches(in: "aabä-b", with: "$1${n}$", limit: 1000)
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}
