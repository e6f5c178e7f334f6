import Alerting
import Monitoring
import Query
import Testing

struct RuleTests {
    private func rule(_ text: String) throws -> Rule {
        Rule(kind: .alert, name: "A", key: "A", expression: try Expression(text))
    }

    @Test(arguments: [
        ("driftline_psi > 1", ["a", "b"]), ("driftline_psi{model=\"a\"} > driftline_psi_threshold", ["a"]),
        ("driftline_psi{model=~\"a|b\"} > 1", ["a", "b"]),
        ("driftline_psi{model!=\"a\"} > 1", ["b"]), ("driftline_psi{model=\"a\"} > on() driftline_ks{model=\"b\"}", []),
        ("other{model=\"c\"} > 1", ["a", "b"]),
        ("{__name__=~\"driftline_.*\",model=\"b\"} > 1", ["b"]), ("absent(driftline_psi{model=\"a\"})", ["a"]),
    ])
    func `a rule selects models by its matchers`(text: String, models: [String]) throws {
        let rule = try rule(text)
        #expect(["a", "b"].filter(rule.selects) == models)
    }

    @Test func `a group is narrowed to the rules that select a model`() throws {
        let group = RuleGroup(
            file: "f", name: "g",
            rules: [try rule("driftline_psi{model=\"a\"} > other"), try rule("driftline_ks{model=\"b\"} > 1")])
        let set = RuleSet(groups: [group])
        let narrowed = try #require(set.groups(forModel: "a").first)
        #expect(narrowed.rules.count == 1)
        #expect(
            narrowed.rules[0].expression.selectors.map { $0.matchers(on: "model").map(\.description) } == [
                [#"model="a""#], [],
            ])
        #expect(set.groups(forModel: "c").isEmpty)
    }

    @Test func `a model is implied where none is named`() throws {
        let narrowed = try rule("driftline_psi > driftline_psi_threshold{model!=\"z\"}").narrowed(toModel: "a")
        #expect(narrowed.expression.selectors.allSatisfy { $0.matches(["__name__": $0.name ?? "", "model": "a"]) })
        #expect(!narrowed.expression.selectors.contains { $0.matches(["__name__": $0.name ?? "", "model": "b"]) })
    }
}
