import Query
import Testing

struct LabelMatcherTests {
    @Test(arguments: [
        (MatchOperator.equal, "x", "x", true), (.equal, "x", "y", false), (.notEqual, "x", "y", true),
        (.matches, "x|y", "y", true), (.matches, "x", "xy", false), (.notMatches, "x.*", "xy", false),
        (.notMatches, "x", "", true), (.equal, "", "", true), (.matches, ".*", "", true), (.matches, ".+", "", false),
    ])
    func `operators`(operation: MatchOperator, value: String, candidate: String, expected: Bool) throws {
        let matcher = try LabelMatcher(name: "a", operation: operation, value: value)
        #expect(matcher.matches(["a": candidate]) == expected)
        #expect(matcher.description == "a\(operation.rawValue)\"\(value)\"")
    }

    @Test func `equality is of bytes`() {
        #expect(!LabelMatcher(name: "a", equals: "\u{E9}").matches(["a": "e\u{301}"]))
    }
}
