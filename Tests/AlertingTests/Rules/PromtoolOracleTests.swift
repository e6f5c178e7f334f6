import Alerting
import Foundation
import Monitoring
import Query
import Testing

/// Random rules and series, judged by promtool and by us.
@Suite(.enabled(if: Promtool() != nil || Promtool.isMissingInCI, "promtool is not installed"))
struct PromtoolOracleTests {
    private static let times = ["0m", "1m", "4m", "7m30s", "11m", "20m"]

    /// One test file: the rules' alerts at all times, and these expressions.
    private func testFile(
        _ series: [(series: String, values: String)], alerts: [(name: String, time: String, expected: String)],
        expressions: [(text: String, time: String, expected: String)]
    ) -> String {
        var lines = [
            "rule_files: [rules.yml]", "evaluation_interval: 1m", "tests:", "- interval: 1m", "  input_series:",
        ]
        lines += series.map { "  - {series: '\($0.series)', values: '\($0.values)'}" }
        lines.append("  alert_rule_test:")
        lines += alerts.map { "  - {eval_time: \($0.time), alertname: \($0.name), exp_alerts: \($0.expected)}" }
        lines.append("  promql_expr_test:")
        lines += expressions.map { "  - {eval_time: \($0.time), expr: '\($0.text)', exp_samples: \($0.expected)}" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func yaml(_ samples: [Sample]) -> String {
        let list = samples.map { sample in
            let value = sample.value.isInfinite ? (sample.value < 0 ? "-.inf" : ".inf") : "\(sample.value)"
            let labels = sample.labels.isEmpty ? "{}" : "\(sample.labels)"
            return "{labels: '\(labels)', value: \(value)}"
        }
        return "[\(list.joined(separator: ", "))]"
    }

    private func yaml(_ alerts: [(labels: Labels, annotations: [Label])]) -> String {
        func map(_ labels: [Label]) -> String {
            "{\(labels.filter { $0.name != "alertname" }.map { "\($0.name): \($0.value.quoted)" }.joined(separator: ", "))}"
        }
        let list = alerts.map { "{exp_labels: \(map($0.labels.pairs)), exp_annotations: \(map($0.annotations))}" }
        return "[\(list.joined(separator: ", "))]"
    }

    /// Each seed makes 84 checks of alerts and 60 expressions; `DRIFTLINE_ORACLE_SEEDS` asks for more of them.
    private static let seeds =
        ProcessInfo.processInfo.environment["DRIFTLINE_ORACLE_SEEDS"].flatMap { UInt64($0) } ?? 100

    @Test(arguments: 0..<seeds)
    func `what we compute is what promtool computes`(seed: UInt64) throws {
        let promtool = try #require(Promtool(), "continuous integration needs promtool")
        var random = RandomRules(seed: seed)
        let series = random.series()
        let rulesText = random.rules()
        let rules = try RuleFile(file: "rules.yml", text: rulesText)
        let input = try RuleTestFile(
            file: "input.yml",
            text: testFile(series, alerts: [("A0", "20m", "[]")], expressions: []))

        // Our own results become the expectations.
        var run = RuleTestRun(try #require(input.tests.first), groups: rules.groups, isAsServed: false)
        var alerts: [(name: String, time: String, expected: String)] = []
        var errors: [String] = []
        for minute in 0...20 where errors.isEmpty {
            errors = run.evaluate(at: Time(microseconds: Int64(minute) * 60_000_000))
            for name in ["A0", "A1", "A2", "A3"] where errors.isEmpty {
                alerts.append((name, "\(minute)m", yaml(run.firingAlerts(named: name))))
            }
        }
        guard errors.isEmpty else {
            let files = [
                "rules.yml": rulesText,
                "test.yml": testFile(series, alerts: alerts + [("A0", "20m", "[]")], expressions: []),
            ]
            let result = try promtool.run(["test", "rules", "test.yml"], files: files)
            #expect(result.status != 0, "we failed with \(errors), promtool did not:\n\(rulesText)\n\(files)")
            return
        }
        var good: [(text: String, time: String, expected: String)] = []
        var bad: [(text: String, time: String, expected: String)] = []
        for _ in 0..<60 {
            let text = random.vector(3)
            let time = random.random.pick(Self.times)
            try judge(text, time, run.storage, &good, &bad)
        }
        let text = testFile(series, alerts: alerts, expressions: good)
        let result = try promtool.run(
            ["test", "rules", "test.yml"], files: ["rules.yml": rulesText, "test.yml": text])
        #expect(result.status == 0, "\(result.output)\n\(rulesText)\n\(series)")
        #expect(RuleTest(try RuleTestFile(file: "test.yml", text: text), rules: [rules]).run() == [])

        let failing = try promtool.run(
            ["test", "rules", "test.yml"],
            files: [
                "rules.yml": rulesText,
                "test.yml": testFile(series, alerts: [("A0", "20m", alerts[80].expected)], expressions: bad),
            ])
        for expression in bad {
            #expect(
                failing.output.contains("expr: \(expression.text.quoted), time: "),
                "promtool computes \(expression)\n\(failing.output)")
        }
    }

    /// Sorts an expression into those with a value and those that cannot be evaluated.
    private func judge(
        _ text: String, _ time: String, _ storage: SeriesStorage,
        _ good: inout [(text: String, time: String, expected: String)],
        _ bad: inout [(text: String, time: String, expected: String)]
    ) throws {
        let instant = Time.epoch + (try #require(PrometheusDuration(time)))
        do {
            let expression = try Expression(text)
            let value = try expression.evaluate(at: instant, series: storage.series(for: expression, at: instant))
            let samples = (value.elements ?? []).map { Sample(labels: $0.labels, value: $0.value) }
            if samples.contains(where: \.value.isNaN) {
                // NaN equals nothing; whether it is NaN can be compared.
                try judge("(\(text)) != bool (\(text))", time, storage, &good, &bad)
            } else {
                good.append((text, time, yaml(samples)))
            }
        } catch {
            bad.append((text, time, "[]"))
        }
    }
}
