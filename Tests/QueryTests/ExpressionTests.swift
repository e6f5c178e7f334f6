import Monitoring
import Query
import Testing

struct ExpressionTests {
    @Test func `selectors come in the order of the text with name, matchers and offset`() throws {
        let selectors = try Expression("a{b=\"c\"} / on(x) sum(d offset 5m) + absent({e=~\"f\"})").selectors
        #expect(selectors.map(\.index) == [0, 1, 2])
        #expect(selectors.map(\.name) == ["a", "d", nil])
        #expect(selectors.map(\.offset.text) == ["0s", "5m", "0s"])
        #expect(selectors[0].matchers.map(\.description) == [#"__name__="a""#, #"b="c""#])
    }

    @Test func `a condition is added where it is wanted and not twice`() throws {
        let expression = try Expression("driftline_psi > other and driftline_ks{model=\"m\"}")
        let matcher = LabelMatcher(name: "model", equals: "m")
        let narrowed = expression.adding(matcher) { $0.name?.hasPrefix("driftline_") == true }
        #expect(narrowed.selectors.map { $0.matchers(on: "model").count } == [1, 0, 1])
    }

    @Test func `absent names an added condition`() throws {
        let expression = try Expression("absent(x{a=\"b\"})").adding(LabelMatcher(name: "model", equals: "m")) { _ in
            true
        }
        let value = try expression.evaluate(at: .epoch, samples: [[]])
        #expect(value.elements?.first?.labels == ["a": "b", "model": "m"])
    }

    @Test(arguments: [
        ("a", ValueType.vector), ("1", .scalar), ("\"t\"", .string), ("time()", .scalar), ("vector(1)", .vector),
    ])
    func `the type is known`(text: String, type: ValueType) throws {
        #expect(try Expression(text).type == type)
    }

    @Test(arguments: [("a", false), ("a > time()", true), ("sum(vector(time()))", true)])
    func `whether it asks for the time is known`(text: String, asks: Bool) throws {
        #expect(try Expression(text).dependsOnTime == asks)
    }
}

extension ExpressionTests {
    @Test(
        arguments: [
            ("x", 600, 600), ("x offset 1m", 540, 540), ("x[5m]", 300, 600), ("x[5m] offset 1m", 240, 540),
            ("x @ 100", 100, 100), ("x[1m] @ 100 offset 30s", 10, 70), ("max_over_time((x)[10m:1m])", 0, 600),
            ("max_over_time((x[2m] offset 1m)[10m:1m] offset 5m)", -480, 240), ("x @ end()", 600, 600),
        ] as [(String, Int64, Int64)])
    func `what a selector may take is known before it is read`(text: String, start: Int64, end: Int64) throws {
        // A range inside of a subquery needs a function around it.
        let whole = text.replacing("(x[2m] offset 1m)", with: "(sum_over_time(x[2m] offset 1m))")
        let time = Time(microseconds: 600_000_000)
        let spans = try Expression(whole).spans(from: time, through: time)
        #expect(spans.map(\.start.microseconds) == [start * 1_000_000])
        #expect(spans.map(\.end.microseconds) == [end * 1_000_000])
    }
}
