import Alerting
import Monitoring
import Query
import Testing

struct RuleFileTests {
    private static let valid = """
        groups:
          - name: churn
            interval: 5m
            limit: 10
            rules:
              - record: model:psi:max
                expr: max by (model) (driftline_psi)
                labels: {kind: "{{ not a template }}"}
              - alert: FeatureDrift
                expr: |
                  driftline_psi{model="churn"}
                    > 0.2
                for: 30m
                keep_firing_for: 1h
                labels: {severity: page, number: 5}
                annotations:
                  summary: '{{ $labels.feature }}: {{ $value | printf "%.2f" }}'
              - alert: FeatureDrift
                expr: driftline_psi > 1
                labels: {severity: page, number: 5}
          - name: plain
            rules:
        """

    @Test func `a file becomes groups and rules`() throws {
        let file = try RuleFile(file: "a.yml", text: Self.valid)
        #expect(file.groups.map(\.name) == ["churn", "plain"])
        #expect(file.groups.map(\.interval.text) == ["5m", "1m"])
        #expect(file.groups[0].limit == 10)
        let rules = file.groups[0].rules
        #expect(rules.map(\.kind) == [.record, .alert, .alert])
        #expect(rules.map(\.name) == ["model:psi:max", "FeatureDrift", "FeatureDrift"])
        #expect(rules[1].holdDuration.text == "30m")
        #expect(rules[1].keepFiringFor.text == "1h")
        #expect(rules[1].labels.map(\.name) == ["number", "severity"])
        #expect(rules[1].annotations.map(\.template.text) == [#"{{ $labels.feature }}: {{ $value | printf "%.2f" }}"#])
        #expect(rules[1].position == SourcePosition(line: 9, column: 9))
        #expect(RuleSet([file]).ruleCount == 3)
    }

    @Test func `rules of a group have keys of their own that survive a reload`() throws {
        let keys = try RuleFile(file: "a.yml", text: Self.valid).groups[0].rules.map(\.key)
        let base = #"FeatureDrift{number="5", severity="page"}"#
        #expect(keys == [#"model:psi:max{kind="{{ not a template }}"}"#, base, base + "#2"])
    }

    @Test func `JSON is read too, with its escapes`() throws {
        let json =
            #"{"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "a > 1", "annotations": {"s": "\ud83d\ude00 \u00e4 \/ \\ud83d"}}]}]}"#
        let file = try RuleFile(file: "a.json", text: json)
        #expect(file.groups[0].rules[0].annotations[0].template.text == #"😀 ä / \ud83d"#)
    }

    @Test func `an empty file has no groups`() throws {
        #expect(try RuleFile(file: "a.yml", text: "").groups == [])
        #expect(try RuleFile(file: "a.yml", text: "groups:\n").groups == [])
    }

    /// A rule with one line changed, and where its mistake is.
    @Test(arguments: [
        ("expr: a >", "6:14: unexpected the end"),
        ("expr: irate(a[5m]) > 1", "6:11: the function irate is not supported"),
        ("expr: 'sum(a,, b)'", "6:17: sum takes one argument"),
        ("expr: \"a{b=\\\"(\\\"} and\\ta{b=~\\\"(\\\"}\"", "6:11: \"(\" is not a regular expression"),
        ("expr: |\n      a\n      > bool\n        (b c)", "9:12: unexpected \"c\""),
        ("expr: >-\n      a >\n      c c", "8:9: unexpected \"c\""),
        ("expr: [a]", "6:11: expr must be a text, not a list"),
        ("expr: '\"text\"'", "6:11: an expr must be a number or a vector"),
        ("expr: a\n    for: 5", "7:10: for must be a duration"),
        ("expr: a\n    forr: 5m", "7:5: a rule has no key \"forr\""),
        ("expr: a\n    labels: {__name__: x}", "7:14: \"__name__\" is not a label name"),
        ("expr: a\n    labels: {a-b: x}", "7:14: \"a-b\" is not a label name"),
        ("expr: a\n    labels: [a]", "7:13: labels must be a mapping"),
        ("expr: a\n    labels: {a: [b]}", "7:17: labels: a must be a text"),
        ("expr: a\n    annotations: {s: '{{ $value'}", "7:23: this {{ is not closed"),
        ("expr: a\n    annotations: {s: 'x {{ foo }}'}", "7:28: the function foo is not known"),
        ("expr: a\n    annotations: {1s: x}", "7:19: \"1s\" is not an annotation name"),
        ("expr: a\n    record: b", "5:12: only one of record and alert"), ("for: 5m", "5:5: a rule needs an expr"),
        ("expr: a\n    expr: b", "6:5: the key \"expr\" occurs twice"),
        ("expr: *x", "6:11: the file is not YAML: found undefined alias"), ("expr: &x a", "6:11: anchors and aliases"),
        ("expr: !!str a", "6:11: tags"),
        ("expr: !custom a", "6:11: tags"), ("<<: {expr: a}", "6:5: merge keys"),
        ("? [a]\n    : b", "6:7: a key must be a text"), ("expr: a\n  - foo", "7:5: a rule must be a mapping"),
        ("expr: 'a", "6:11: the file is not YAML"),
        ("expr: a\n---\ngroups:", "8:1: a file holds one YAML document"),
    ])
    func `every mistake has line, column and message`(line: String, start: String) {
        let text = "groups:\n- name: g\n  interval: 1m\n  rules:\n  - alert: A\n    \(line)\n"
        let error = #expect(throws: RuleFileError.self) { try RuleFile(file: "a.yml", text: text) }
        #expect(
            error?.diagnostics.first?.description.hasPrefix("a.yml:\(start)") == true,
            "\(error?.description ?? "accepted")")
    }

    @Test(arguments: [
        ("for: 1m", "6:10: a recording rule has no for"),
        ("keep_firing_for: 1m", "6:22: a recording rule has no keep_firing_for"),
        ("annotations: {a: b}", "6:18: a recording rule has no annotations"),
    ])
    func `a recording rule has only labels`(line: String, start: String) {
        let text = "groups:\n- name: g\n  rules:\n  - record: a:b\n    expr: a\n    \(line)\n"
        let error = #expect(throws: RuleFileError.self) { try RuleFile(file: "a.yml", text: text) }
        #expect(error?.description.hasPrefix("a.yml:\(start)") == true, "\(error?.description ?? "accepted")")
    }

    @Test func `all mistakes are reported at once, in order`() {
        let text = """
            groups:
            - name: g
              interval: 1
              rules:
              - record: a-b
                expr: a +
              - expr: b
            - name: g
              limit: -1
            - rules: []
              extra: 1
            other: 1
            """
        let error = #expect(throws: RuleFileError.self) { try RuleFile(file: "a.yml", text: text) }
        #expect(
            error?.diagnostics.map(\.position.description) == [
                "3:13", "5:13", "6:14", "7:5", "8:3", "9:10", "10:3", "11:3", "12:1",
            ])
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
        String(repeating: "{a: ", count: 3000), String(repeating: "? ", count: 5000),
        String(repeating: "a", count: 2 << 20), "\u{0}", "\t- a", "a: b: c", "%YAML 9.9\n---\n",
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + (0..<30).map { "b\($0): [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" }.joined(),
    ])
    func `hostile YAML is refused`(text: String) {
        #expect(throws: RuleFileError.self) { try RuleFile(file: "a.yml", text: text) }
    }

    @Test func `more than ten thousand rules are refused once`() {
        let rules = String(repeating: "  - {record: r, expr: '1'}\n", count: 10_003)
        let error = #expect(throws: RuleFileError.self) {
            try RuleFile(file: "a.yml", text: "groups:\n- name: g\n  rules:\n" + rules)
        }
        #expect(error?.diagnostics.map(\.message) == ["a file may have at most 10000 rules"])
    }

    @Test func `the value in a label is worth a warning`() throws {
        let text = "groups:\n- name: g\n  rules:\n  - {alert: A, expr: a, labels: {v: '{{ $value }}'}}\n"
        #expect(
            try RuleFile(file: "a.yml", text: text).warnings.map(\.position) == [SourcePosition(line: 4, column: 37)])
    }

    @Test func `several files report their mistakes together`() {
        let error = #expect(throws: RuleFileError.self) {
            try RuleFile.all([("b.yml", "x: 1"), ("a.yml", "y: 1"), ("c.yml", "")])
        }
        #expect(error?.diagnostics.map(\.file) == ["a.yml", "b.yml"])
    }

    @Test(.enabled(if: Promtool() != nil || Promtool.isMissingInCI, "promtool is not installed"))
    func `promtool accepts the file too`() throws {
        let promtool = try #require(Promtool(), "continuous integration needs promtool")
        let result = try promtool.run(
            ["check", "rules", "a.yml"],
            files: ["a.yml": Self.valid.replacing("          - name: plain\n            rules:", with: "")])
        #expect(result.status == 0, "\(result.output)")
    }
}
