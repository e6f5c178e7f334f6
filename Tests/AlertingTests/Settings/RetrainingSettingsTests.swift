import Alerting
import Monitoring
import Query
import Testing

struct RetrainingSettingsTests {
    @Test func `a policy is read with every default`() throws {
        let settings = try RetrainingSettings(
            file: "r.yaml",
            text: """
                policies:
                  - name: churn-weekly
                    model: churn
                    matchers: ['alertname="AccuracyDecay"']
                    launcher: {webhook: {url: "http://127.0.0.1:9999/retrain"}}
                  - name: all
                    model: churn
                    matchers: ['alertname=~".+"', severity=page]
                    cooldown: 7d
                    on_replay: true
                    timeout: 6h
                    launcher: {webhook: {url_file: /run/url, signing_secret_file: /run/key, timeout: 3s}}
                """)
        let first = try #require(settings.policy(named: "churn-weekly"))
        #expect(first.cooldown == PrometheusDuration("24h"))
        #expect(first.timeout == PrometheusDuration("24h"))
        #expect(!first.startsOnReplay)
        #expect(first.matchers == [LabelMatcher(name: "alertname", equals: "AccuracyDecay")])
        let second = try #require(settings.policy(named: "all"))
        #expect(second.cooldown.text == "7d")
        #expect(second.startsOnReplay)
        #expect(second.timeout == PrometheusDuration("6h"))
        #expect(second.matchers.count == 2)
        #expect(settings.policies(of: "churn").map(\.name) == ["churn-weekly", "all"])
        #expect(settings.policies(of: "other").isEmpty)
    }

    @Test func `an empty file has no policies`() throws {
        #expect(try RetrainingSettings(file: "r.yaml", text: "").policies.isEmpty)
    }

    private static let good = "{name: p, model: m, matchers: [a=b], launcher: {webhook: {url: 'http://x/'}}}"

    @Test(arguments: [
        ("policies: {}", "1:11: policies must be a list, not a mapping"),
        ("policy: []", "1:1: a retraining file has no key \"policy\""),
        (
            "policies: [{model: m, matchers: [a=b], launcher: {webhook: {url: 'http://x/'}}}]",
            "1:12: a policy needs the key name"
        ),
        (
            "policies:\n- \(good)\n- \(good)", "3:10: there are two policies of the name \"p\""
        ),
        (
            "policies: [{name: a/b, model: m, matchers: [a=b], launcher: {webhook: {url: 'http://x/'}}}]",
            "1:19: a policy's name must be 1 to 128 letters"
        ),
        (
            "policies: [{name: p, model: .m, matchers: [a=b], launcher: {webhook: {url: 'http://x/'}}}]",
            "1:29: a policy's model must be 1 to 128 letters"
        ),
        (
            "policies: [{name: p, model: m, launcher: {webhook: {url: 'http://x/'}}}]",
            "1:12: a policy needs the key matchers"
        ),
        (
            "policies: [{name: p, model: m, matchers: [], launcher: {webhook: {url: 'http://x/'}}}]",
            "1:42: matchers must name the alerts that ask for a new model"
        ),
        (
            "policies: [{name: p, model: m, matchers: [''], launcher: {webhook: {url: 'http://x/'}}}]",
            "1:43: a member of matchers is empty"
        ),
        ("policies: [{name: p, model: m, matchers: [a=b]}]", "1:12: a policy needs the key launcher"),
        ("policies: [{name: p, model: m, matchers: [a=b], launcher: {}}]", "1:59: a launcher needs the key webhook"),
        (
            "policies: [{name: p, model: m, matchers: [a=b], launcher: {airflow: {}, webhook: {url: 'http://x/'}}}]",
            "1:60: airflow is not supported by this version of Driftline"
        ),
        (
            "policies: [{name: p, model: m, matchers: [a=b], launcher: {webhook: {url: 'http://x/', max_alerts: 1}}}]",
            "1:88: a webhook launcher has no key \"max_alerts\""
        ),
        (
            "policies: [{name: p, model: m, matchers: [a=b], budget: 3, launcher: {webhook: {url: 'http://x/'}}}]",
            "1:49: budget is not supported by this version of Driftline"
        ),
        (
            "policies: [{name: p, model: m, matchers: [a=b], timeout: 0s, launcher: {webhook: {url: 'http://x/'}}}]",
            "1:58: timeout must be at least 1s"
        ),
    ])
    func `a mistake is named with its place`(text: String, expected: String) throws {
        let error = try #require(throws: RuleFileError.self) { try RetrainingSettings(file: "r.yaml", text: text) }
        #expect(error.diagnostics.count == 1)
        #expect(error.diagnostics.first?.description.hasPrefix("r.yaml:" + expected) == true, "\(error)")
    }
}
