import Alerting
import Monitoring
import Query
import Testing

struct RuleTestTests {
    private static let rules = """
        groups:
        - name: g
          rules:
          - record: psi:max
            expr: max by (model) (driftline_psi)
          - alert: Drift
            expr: psi:max > 0.2
            for: 2m
            annotations: {summary: '{{ $labels.model }} {{ $value }}'}
        """

    private func failures(_ test: String, isAsServed: Bool = false) throws -> [String] {
        let rules = try RuleFile(file: "rules.yml", text: Self.rules)
        return RuleTest(try RuleTestFile(file: "test.yml", text: test), rules: [rules], isAsServed: isAsServed).run()
            .map(\.description)
    }

    private static func test(_ expectations: String, values: String = "0.1x2 0.3x10") -> String {
        "rule_files: [rules.yml]\ntests:\n- name: drift\n  interval: 1m\n  input_series:\n  - series: 'driftline_psi{model=\"churn\",feature=\"age\"}'\n    values: '\(values)'\n\(expectations)"
    }

    @Test func `what is as expected passes`() throws {
        let expectations = """
              alert_rule_test:
              - {eval_time: 4m, alertname: Drift}
              - {eval_time: 5m, alertname: Drift, exp_alerts: [{exp_labels: {model: churn}, exp_annotations: {summary: churn 0.3}}]}
              promql_expr_test:
              - {eval_time: 3m, expr: 'psi:max', exp_samples: [{labels: 'psi:max{model="churn"}', value: 0.3}]}
              - {eval_time: 4m, expr: 'ALERTS', exp_samples: [{labels: 'ALERTS{alertname="Drift",alertstate="pending",model="churn"}', value: 1}]}
              - {eval_time: 6m, expr: 'ALERTS_FOR_STATE', exp_samples: [{labels: 'ALERTS_FOR_STATE{alertname="Drift",model="churn"}', value: 180}]}
            """
        let indented = expectations.split(separator: "\n").map { $0.hasPrefix("  ") ? String($0) : "  \($0)" }.joined(
            separator: "\n")
        #expect(try failures(Self.test(indented)) == [])
    }

    @Test func `differences are shown line by line`() throws {
        let expectations =
            "  alert_rule_test:\n  - {eval_time: 5m, alertname: Drift, exp_alerts: [{exp_labels: {model: other}}]}\n"
        #expect(
            try failures(Self.test(expectations)) == [
                """
                test.yml:9:5: drift: alert Drift at 5m:
                  - {alertname="Drift", model="other"}
                  + {alertname="Drift", model="churn"} summary="churn 0.3"
                """
            ])
    }

    @Test func `a gap resolves as in Prometheus and not as served`() throws {
        let expectations =
            "  alert_rule_test:\n  - {eval_time: 15m, alertname: Drift, exp_alerts: [{exp_labels: {model: churn}, exp_annotations: {summary: churn 0.3}}]}\n"
        let test = Self.test(expectations, values: "0.3x5 stale").replacing("psi:max > 0.2", with: "")
        #expect(try failures(test).count == 1)
        #expect(try failures(test, isAsServed: true) == [])
    }

    @Test(arguments: [
        ("1", ["1"]), ("1 _ 2", ["1", "_", "2"]), ("_x3", ["_", "_", "_"]), ("1x2", ["1", "1", "1"]),
        ("1+2x2", ["1", "3", "5"]), ("-1-0.5x1", ["-1", "-1.5"]), ("stale", ["stale"]), ("  5   6 ", ["5", "6"]),
        ("Inf -inf NaN", ["+Inf", "-Inf", "NaN"]), ("1e2+1e-1x1", ["100", "100.1"]),
        ("0+1x0", ["0"]), ("", []),
    ])
    func `the notation of values`(values: String, expected: [String]) throws {
        let file = try RuleTestFile(file: "t", text: "tests: [{input_series: [{series: x, values: '\(values)'}]}]")
        let steps = try #require(file.tests.first?.series.first?.steps)
        let shown = steps.map { step in
            switch step {
            case .missing: "_"
            case .stale: "stale"
            case .value(let value): NumberText.general(value)
            }
        }
        #expect(shown == expected)
    }

    @Test(arguments: [
        ("tests: [{input_series: [{series: x, values: '1 1+2'}]}]", "t:1:48: \"1+2\" is not a value sequence"),
        ("tests: [{input_series: [{series: x, values: 1x}]}]", "t:1:45: \"1x\""),
        ("tests: [{input_series: [{series: x, values: 1x99999999}]}]", "t:1:45:"),
        ("tests: [{input_series: [{series: 'x{', values: 1}]}]", "t:1:37:"),
        ("tests: [{input_series: [{values: 1}]}]", "t:1:25: an input series needs"),
        ("tests: [{alert_rule_test: [{eval_time: 1m}]}]", "t:1:28: an alert test needs an alertname"),
        (
            "tests: [{alert_rule_test: [{alertname: A, exp_alerts: [{exp_labels: {a: ''}}]}]}]",
            "t:1:56: no alert has an empty label"
        ),
        ("tests: [{promql_expr_test: [{expr: 'a b'}]}]", "t:1:39: unexpected \"b\""),
        (
            "tests: [{promql_expr_test: [{expr: a, exp_samples: [{labels: x, value: y}]}]}]",
            "t:1:72: value must be a number"
        ), ("tests: [{alert_rule_test: [{alertname: A, eval_time: 10y}]}]", "t:1:9: a test may take at most"),
        ("fuzzy: true", "t:1:1: a rule test file has no key"),
        ("group_eval_order: [a, a]", "t:1:19: a group name is repeated"),
    ])
    func `mistakes have line and column`(text: String, start: String) {
        let error = #expect(throws: RuleFileError.self) { try RuleTestFile(file: "t", text: text) }
        #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "accepted")")
    }

    @Test func `a rule that fails, fails the test unless it is run as served`() throws {
        let rules = try RuleFile(file: "r", text: "groups: [{name: g, rules: [{record: r, expr: 'x * on() y'}]}]")
        let file = try RuleTestFile(
            file: "t",
            text:
                "tests: [{input_series: [{series: 'x{a=\"1\"}', values: 1}, {series: 'x{a=\"2\"}', values: 1}, {series: y, values: 1}], alert_rule_test: [{alertname: A}]}]"
        )
        #expect(
            RuleTest(file, rules: [rules]).run().map(\.message).first?.hasPrefix("rule r at 0s: 1:3: multiple matches")
                == true)
        #expect(RuleTest(file, rules: [rules], isAsServed: true).run() == [])
    }

    @Test func `as served a group is evaluated model by model`() throws {
        let rules = try RuleFile(
            file: "r", text: "groups: [{name: g, rules: [{alert: A, expr: 'count(driftline_psi) > 1'}]}]")
        let file = try RuleTestFile(
            file: "t",
            text:
                "tests: [{input_series: [{series: 'driftline_psi{model=\"a\"}', values: 1}, {series: 'driftline_psi{model=\"b\"}', values: 1}], alert_rule_test: [{alertname: A}]}]"
        )
        #expect(RuleTest(file, rules: [rules]).run().count == 1)
        #expect(RuleTest(file, rules: [rules], isAsServed: true).run() == [])
    }
}
