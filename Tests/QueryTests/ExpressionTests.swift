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
