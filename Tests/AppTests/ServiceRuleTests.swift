import Alerting
import App
import Foundation
import HTTPTypes
import JSON
import Monitoring
import Query
import Testing

/// Rules about the service itself, on the wall clock, and what is said about the shipped ones.
@Suite(.timeLimit(.minutes(15)))
struct ServiceRuleTests {
    private static let rule = """
        groups:
        - name: g
          interval: 1m
          rules:
          - alert: Rejected
            expr: increase(driftline_rows_rejected_total[5m]) > 0
            for: 1m
          - alert: Behind
            expr: sum(driftline_evaluation_lag_seconds) > 1e9
          - alert: Many
            expr: sum(driftline_predictions{segment="",version="",window="1h"} @ 1769911200) > 2
        """

    @Test func `a rule about the service fires on the wall clock, is told, and survives a restart`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: "")
            try await live.put(Self.rule, file: "self")
            try await live.judge(after: 60)
            service.counters.add(to: .rowsRejected)
            try await live.judge(after: 60)
            let pending = try await service.call(.get, "/v1/alerts?state=pending").body["alerts"]?.elements ?? []
            #expect(pending.map { $0["alertname"]?.string } == ["Rejected"])
            live.restart()
            try await live.judge(after: 1)
            try await live.judge(after: 59)
            service.counters.add(to: .rowsRejected)
            try await live.judge(after: 60)
            let alert = try await live.alert("Rejected")
            #expect(alert["verdict"]?.string == "firing", "\(alert)")
            #expect(alert["model"]?.string == "")
            #expect(alert["notifications"]?.elements?.count == 1)
            #expect(try await live.told() == ["team firing first notification Rejected"])
            // It is no rule of a model.
            #expect(alert.changes.last == "pending>firing")
            let rules = try await service.call(.get, "/api/v1/rules?type=alert").body["data"]?["groups"]?.elements
            #expect(rules?.count == 1)
        }
    }

    private static var rulesFolder: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../rules").standardized.path()
    }

    @Test(arguments: ["data-quality", "drift", "performance", "volume", "self/service"])
    func `nothing is said against the shipped rules`(name: String) throws {
        let path = "\(Self.rulesFolder)/\(name).yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let file = try RuleFile(file: path, text: text, vocabulary: .own)
        #expect(file.warnings.isEmpty, "\(file.warnings)")
        #expect(!file.groups.isEmpty)
    }

    @Test func `the service knows windows and features of its models`() async throws {
        try await ServiceFixture.with { service in
            let live = try await AlertingFixture(service, rules: "")
            try await live.rows(1, hour: 0)
            func check(_ expression: String) async throws -> [String] {
                let answer = try await service.call(
                    .post, "/v1/rules/check",
                    "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: \(expression)\n", type: "application/yaml")
                #expect(answer.status == 200 && answer.body["valid"]?.bool == true, "\(answer)")
                return (answer.body["warnings"]?.elements ?? []).compactMap { $0["kind"]?.string }
            }
            #expect(try await check(#"driftline_mean{window="1h",feature="x"} > 1"#) == [])
            #expect(try await check(#"driftline_mean{window="2h"} > 1"#) == ["unknown_window"])
            #expect(try await check(#"driftline_mean{feature="y"} > 1"#) == ["unknown_value"])
            #expect(try await check(#"driftline_mean{model="n"} > 1"#) == ["unknown_value"])
            #expect(try await check("driftline_ks > 1") == ["never_true"])
        }
    }

    @Test func `the shipped routes let broken data inhibit the drift that it explains`() throws {
        let path = URL(filePath: Self.rulesFolder).appending(path: "../deploy/notifications.yaml").path()
        let settings = try NotificationSettings(file: path, text: String(contentsOfFile: path, encoding: .utf8))
        let quality: [String: String] = [
            "alertname": "MissingValues", "kind": "quality", "model": "m", "feature": "age",
        ]
        func isInhibited(_ feature: String, model: String = "m", kind: String = "drift") -> Bool {
            let drift: [String: String] = [
                "alertname": "FeatureDrift", "kind": kind, "model": model, "feature": feature,
            ]
            return settings.inhibition.contains {
                $0.source(inhibiting: .init(drift), among: [.init(quality)]) != nil
            }
        }
        #expect(isInhibited("age"))
        #expect(!isInhibited("job") && !isInhibited("age", model: "n") && !isInhibited("age", kind: "performance"))
    }
}
