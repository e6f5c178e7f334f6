import Query
import Testing

/// Expected values are Go's (RE2's).
struct RegularExpressionTests {
    @Test(arguments: [
        ("", "", true), ("", "a", false), ("a", "a", true), ("a|b|", "", true), ("a|b", "b", true),
        ("a.c", "abc", true), ("a.c", "a\nc", false),
        ("(?s)a.c", "a\nc", true), ("a*", "aaa", true), ("a+", "", false), ("a?b", "b", true),
        ("[a-c]+", "abccba", true), ("[^a-c]", "d", true),
        ("[^a]", "\n", true), ("[]a]+", "]a", true), ("[a\\-z]", "-", true), ("[a-]", "-", true),
        ("\\d{2,3}", "12", true), ("\\d{2,3}", "1234", false),
        ("x{0}", "", true), ("a{2,}", "aaaa", true), ("a{,2}", "a{,2}", true), ("\\w+\\s\\W", "ab_1 -", true),
        ("\\S\\D", "xy", true),
        ("(?i)drift", "DrIfT", true), ("(?i:d)rift", "DRIFT", false), ("(?i)[a-c]", "B", true), ("(?i)ä", "Ä", true),
        ("\\.", ".", true), ("\\Qa.b*\\E", "a.b*", true),
        ("^a$", "a", true), ("\\Aa\\z", "a", true), ("(?m)a$\nb", "a\nb", true), ("\\bfoo\\b", "foo", true),
        ("a\\Bb", "ab", true), ("[[:alpha:]]+", "aZ", true),
        ("[[:^digit:]]", "1", false), ("\\pL+", "äß", true), ("\\p{Lu}", "a", false), ("\\PL", "1", true),
        ("\\x41\\x{1F600}", "A😀", true), ("\\n\\t", "\n\t", true),
        ("(a|ab)(c|bcd)", "abcd", true), ("(?:a|b)+?", "abab", true), ("(?U)a+", "aa", true), (".*", "anything", true),
        ("ä", "a\u{308}", false),
        ("(|a)*", "aaa", true), ("(a*)*", "aaab", false),
    ])
    func `whole matches`(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(pattern).matchesWhole(text) == expected)
    }

    @Test(arguments: [
        ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true), ("\\bb", "a b", true), ("x", "", false),
        ("", "", true),
    ])
    func `partial matches`(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(pattern).matchesPart(of: text) == expected)
    }

    @Test(
        arguments: [
            ("(.*)-(\\d+)", "$2/$1", "a-b-12", "12/a-b"), ("(a)|(b)", "[$1][$2]", "b", "[][b]"),
            ("(?P<x>.)(.)", "${x}_$2$$", "pq", "p_q$"), ("(.)", "$1_", "a", ""),
            ("a", "$x$9${", "a", "${"), ("(a+)(a*)", "$1|$2", "aaa", "aaa|"), ("(a+?)(a*)", "$1|$2", "aaa", "a|aa"),
            ("(a|ab)(c|bcd)?", "$1|$2", "abcd", "a|bcd"), ("b", "x", "a", nil),
        ] as [(String, String, String, String?)])
    func `expansions`(pattern: String, replacement: String, text: String, expected: String?) throws {
        #expect(try RegularExpression(pattern).expansion(of: replacement, matchingWhole: text) == expected)
    }

    @Test(arguments: [
        ("a", "x", "banana", "bxnxnx"), ("a*", "-", "baac", "-b-c-"), ("", "-", "ab", "-a-b-"),
        ("(.)", "<$1>", "ab", "<a><b>"), ("^a", "x", "aaa", "xaa"), ("b|$", "_", "ab", "a_"), ("z", "x", "abc", "abc"),
    ])
    func `replacements`(pattern: String, replacement: String, text: String, expected: String) throws {
        #expect(try RegularExpression(pattern).replacingMatches(in: text, with: replacement, limit: 1000) == expected)
    }

    @Test(arguments: [
        "(", ")", "[", "[z-a]", "*a", "a**", "a{2}{3}", "{2}", "a{1001}", "a{3,2}", "(a{1000}){1000}", "\\", "\\1",
        "\\q", "(?=a)", "(?<=a)", "(?<n>a)", "(?P<n>a)(?P<n>b)", "(?P<>a)", "\\p{Greek}",
        "[[:foo:]]", "\\x{110000}", "\\xZZ", "(?", "(?i", "[\\Q]", "\\C", "(?z)a",
        "(?:(?:(?:(?:a{0}){1000}){1000}){1000}){1000}", "((((((((((a{30}){30}){30}){30})))))))",
    ])
    func `what RE2 or we do not know is refused`(pattern: String) {
        #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
    }

    @Test func `a pattern of ten kilobytes is refused`() {
        #expect(throws: RegularExpressionError.self) { try RegularExpression(String(repeating: "a", count: 10_240)) }
    }

    @Test(.timeLimit(.minutes(15)), arguments: ["(a+)+$", "(a|aa)+$", "(.*)*x", "(a?){30}a{30}", "([a-z]+)*!"])
    func `hostile patterns take linear time`(pattern: String) throws {
        let text = String(repeating: "a", count: 3000) + "!b"
        #expect(try !RegularExpression(pattern).matchesWhole(text))
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            // Each empty match is found only after the rest of the text was read.
            ("(?i)(.*)(.*)(.*)\\pL\\x15\\z|", "ab"), ("(((.*)(.*))*)*x|", "aa"),
            (String(repeating: "(a*)", count: 500) + "x|", "aa"), (String(repeating: "()", count: 1000) + "x|", "aa"),
        ])
    func `a replacement whose matches take too long is none`(pattern: String, part: String) throws {
        let text = String(repeating: part, count: 2000)
        #expect(try RegularExpression(pattern).replacingMatches(in: text, with: "", limit: 9000) == nil)
    }

    @Test func `every scalar of a long text is replaced`() throws {
        let text = String(repeating: "ab", count: 2000)
        let expected = String(repeating: "<b><a>", count: 2000)
        #expect(
            try RegularExpression("([ab])(.?)").replacingMatches(in: text, with: "<$2><$1>", limit: 50_000) == expected)
    }

    @Test func `long texts are not rewritten`() throws {
        #expect(
            try RegularExpression("a").replacingMatches(in: String(repeating: "a", count: 5000), with: "", limit: 9000)
                == nil)
        #expect(try RegularExpression("a").replacingMatches(in: "aaaa", with: "bbbb", limit: 10) == nil)
    }
}
