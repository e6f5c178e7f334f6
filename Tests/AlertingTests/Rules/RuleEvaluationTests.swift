import Alerting
import Monitoring
import Query
import Testing

struct RuleEvaluationTests {
    private func rule(_ kind: String, _ lines: String) throws -> Rule {
        let text = "groups:\n- name: g\n  rules:\n  - \(kind)\n    \(lines)\n"
        return try RuleFile(file: "a.yml", text: text).groups[0].rules[0]
    }

    private let samples = [
        Sample(labels: ["__name__": "psi", "feature": "age", "severity": "x"], value: 0.5),
        Sample(labels: ["__name__": "psi", "feature": "job"], value: 0.75),
    ]

    @Test func `labels and annotations are filled in`() throws {
        let rule = try rule(
            "alert: Drift",
            "expr: psi > 0.1\n    labels: {severity: page, of: '{{ $labels.feature }}', none: '{{ $labels.x }}'}\n    annotations: {s: '{{ $labels.__name__ }} {{ $value }} {{ $externalLabels.site }}{{ $externalURL }}'}"
        )
        let evaluation = RuleEvaluation(
            of: rule, at: .epoch, samples: [samples], externalLabels: ["site": "eu"], externalURL: "/x")
        guard case .alerts(let elements) = evaluation.outcome else { Issue.record("\(evaluation.outcome)"); return }
        #expect(
            elements.map(\.labels.description) == [
                #"{alertname="Drift", feature="age", of="age", severity="page"}"#,
                #"{alertname="Drift", feature="job", of="job", severity="page"}"#,
            ])
        #expect(elements.map { $0.annotations.map(\.value) } == [["psi 0.5 eu/x"], ["psi 0.75 eu/x"]])
        #expect(elements.map(\.value) == [0.5, 0.75])
        #expect(elements.allSatisfy { $0.sources.elements.count == 1 })
    }

    @Test func `two elements with the same final labels fail the rule`() throws {
        let rule = try rule("alert: Drift", "expr: psi\n    labels: {feature: all, severity: page}")
        guard case .failed(let message) = RuleEvaluation(of: rule, at: .epoch, samples: [samples]).outcome else {
            Issue.record("no failure"); return
        }
        #expect(message.contains(#"{alertname="Drift", feature="all", severity="page"}"#))
    }

    @Test func `a recording rule names its series`() throws {
        let rule = try rule("record: a:b", "expr: psi * 2\n    labels: {feature: '', site: eu}")
        guard
            case .failed = RuleEvaluation(
                of: rule, at: .epoch,
                samples: [samples.map { Sample(labels: $0.labels.removing(["severity"]), value: 1) }]
            ).outcome
        else { Issue.record("no failure"); return }
        guard case .recorded(let series) = RuleEvaluation(of: rule, at: .epoch, samples: [samples]).outcome else {
            Issue.record("no samples"); return
        }
        #expect(series.map(\.labels.description) == [#"a:b{severity="x", site="eu"}"#, #"a:b{site="eu"}"#])
    }

    @Test(arguments: [(1, true), (2, false), (0, false)])
    func `a limit fails the rule`(limit: Int, fails: Bool) throws {
        let outcome = RuleEvaluation(
            of: try rule("alert: Drift", "expr: psi"), at: .epoch, samples: [samples], limit: limit
        ).outcome
        if case .failed = outcome { #expect(fails) } else { #expect(!fails) }
    }

    @Test func `a number alerts without labels`() throws {
        let outcome = RuleEvaluation(of: try rule("alert: Always", "expr: '1'"), at: .epoch, samples: []).outcome
        guard case .alerts(let elements) = outcome else { Issue.record("\(outcome)"); return }
        #expect(elements.map(\.labels) == [["alertname": "Always"]])
    }
}
