import Alerting
import Query
import Testing

struct MatcherTests {
    @Test(arguments: [
        (#"alertname="X""#, #"alertname="X""#), (#"severity=~"a|b""#, #"severity=~"a|b""#), ("a=b", #"a="b""#),
        (" a != b c ", #"a!="b c""#), (#"a!~"x.*""#, #"a!~"x.*""#), (#"a="q\"q\\\n""#, #"a="q\"q\\\n""#),
        ("a=", #"a="""#),
        (#"a="\d""#, #"a="\\d""#),
    ])
    func `Alertmanager's notation`(text: String, printed: String) throws {
        #expect(try Matcher(text).description == printed)
    }

    @Test(arguments: [
        (#"{a="b",c=~"d"}"#, [#"a="b""#, #"c=~"d""#]), (#"a="b,c", d!=e,"#, [#"a="b,c""#, #"d!="e""#]), ("{}", []),
        ("", []), ("{a=b}", [#"a="b""#]),
    ])
    func `lists`(text: String, printed: [String]) throws {
        #expect(try Matcher.list(text).map(\.description) == printed)
    }

    @Test(arguments: [
        ("", "1:1: a matcher begins"), ("=x", "1:1: a matcher begins"), ("a", "1:2: after the label name"),
        ("a!x", "1:3: after the label name"), (#"a="b"#, "1:5: the closing quote"),
        (#"a="b"c"#, "1:6: \"c\" is not expected"),
        (#"a=~"(""#, "1:1: \"(\" is not a regular expression"), (#"a=b"c"#, "1:4: a quote inside"),
        ("a=b,c=d", "1:4: \",\" is not expected"), ("1a=b", "1:1: a matcher begins"),
    ])
    func `mistakes have their place`(text: String, start: String) {
        let error = #expect(throws: QueryError.self) { try Matcher(text) }
        #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "accepted")")
    }

    @Test(arguments: ["{a=b", "a=b}", "{a=b}}", "a=b c=d,,"])
    func `malformed lists are refused`(text: String) {
        #expect(throws: QueryError.self) { try Matcher.list(text) }
    }

    @Test func `a missing label is an empty one`() throws {
        #expect(try Matcher("a=\"\"").matches([:]))
        #expect(try !Matcher("a!=\"\"").matches([:]))
    }
}
