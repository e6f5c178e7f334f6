import Alerting
import Integrations
import Monitoring
import Query
import Testing

struct WebhookBodyTests {
    private static let settings = """
        route:
          receiver: team
          group_by: [alertname, model]
          routes:
            - matchers: ['severity="page"', 'team=~"a|b"']
              receiver: pager
              group_by: [model]
              continue: true
            - matchers: [severity="page"]
              receiver: limited
              group_by: ['...']
        receivers:
          - {name: team, webhook_configs: [{url: "http://127.0.0.1:19999/team"}]}
          - {name: pager, webhook_configs: [{url: "http://127.0.0.1:19999/pager"}]}
          - {name: limited, webhook_configs: [{url: "http://127.0.0.1:19999/limited", max_alerts: 1}]}
        """

    private let identity = SenderIdentity(version: "1", externalURL: "https://drift.example")
    private let noon = Time(microseconds: 1_767_268_800_000_000)

    private var special: NotifiedAlert {
        get throws {
            NotifiedAlert(
                labels: [
                    "alertname": "FeatureDrift", "model": "churn", "severity": "page", "team": "a",
                    "feature": "a\"b\\c\nd\t\r<e>&\u{e9}\u{2028}\u{1}\u{7f}\u{ad}",
                ],
                annotations: [
                    Label(name: "b", value: "same"),
                    Label(name: "summary", value: "PSI <0.31> & \"x\" \u{2029} \u{1F600}"),
                ],
                startsAt: try time("2026-11-20T23:08:59.047994256Z"), endsAt: nil,
                generatorURL: "https://drift.example/rules/1?a=1&b=2")
        }
    }

    private func plain(resolved: Bool = false) throws -> NotifiedAlert {
        NotifiedAlert(
            labels: ["alertname": "FeatureDrift", "model": "churn", "severity": "page", "team": "a", "feature": "z"],
            annotations: [Label(name: "b", value: "same"), Label(name: "summary", value: "other")],
            startsAt: try time("2026-11-20T23:08:59Z"), endsAt: resolved ? try time("2026-11-20T23:20:00.25Z") : nil)
    }

    private func time(_ text: String) throws -> Time {
        try #require(Time(rfc3339: text))
    }

    /// The bodies that the channels of a receiver would send after these alerts at one instant, and after these a quarter later.
    private func bodies(
        _ receiver: String, _ first: [NotifiedAlert], then second: [NotifiedAlert] = [], replayed: Bool = false
    ) throws -> [String] {
        let settings = try NotificationSettings(file: "n.yaml", text: Self.settings)
        let later = noon + (try #require(PrometheusDuration("15m")))
        var groups: [AlertGroup] = []
        var bodies: [String] = []
        for (alerts, time) in [(first, noon), (second, later)] {
            for alert in alerts {
                for group in settings.groups(for: alert.labels) where group.destination.name == receiver {
                    let index = groups.firstIndex { $0.stream == group.stream } ?? groups.endIndex
                    if index == groups.endIndex { groups.append(group) }
                    groups[index].enter(alert, at: time)
                }
            }
            for index in groups.indices {
                let channel = try #require(settings.channel(of: groups[index].destination))
                while let plan = Plan(
                    of: groups[index], upTo: later + (try #require(PrometheusDuration("1h"))),
                    audience: channel.audience, replayed: replayed)
                {
                    groups[index] = plan.group
                    guard let notification = plan.notification else { continue }
                    let body = ChannelRegistry.content(
                        of: notification, for: channel, id: "msg_1", createdAt: noon, identity: identity
                    ).body
                    bodies.append(String(decoding: body, as: UTF8.self))
                }
            }
        }
        return bodies
    }

    @Test func `a first notification is Alertmanager's byte for byte`() throws {
        let bodies = try bodies("pager", [plain(), special])
        #expect(bodies == [AlertmanagerBodies.pagerFiring + "\n"])
    }

    @Test func `a resolved alert beside a firing one is Alertmanager's byte for byte`() throws {
        let bodies = try bodies("pager", [plain(), special], then: [plain(resolved: true)])
        #expect(bodies == [AlertmanagerBodies.pagerFiring + "\n", AlertmanagerBodies.pagerSome + "\n"])
    }

    @Test func `labels with everything that must be escaped are Alertmanager's byte for byte`() throws {
        #expect(try bodies("limited", [special]) == [AlertmanagerBodies.special + "\n"])
    }

    @Test func `a group of resolved alerts is Alertmanager's byte for byte`() throws {
        let bodies = try bodies("limited", [plain()], then: [plain(resolved: true)])
        #expect(bodies.last == AlertmanagerBodies.resolved + "\n")
    }

    @Test func `an alert without annotations is Alertmanager's byte for byte`() throws {
        let alert = NotifiedAlert(
            labels: ["alertname": "Plain", "model": "churn"], annotations: [],
            startsAt: try time("2026-11-20T23:08:59.5Z"), endsAt: nil)
        #expect(try bodies("team", [alert]) == [AlertmanagerBodies.plain + "\n"])
    }

    @Test func `a replayed notification says so, after everything that Alertmanager says`() throws {
        let body = try #require(
            try bodies("team", [plain()], replayed: true).first ?? bodies("pager", [plain()], replayed: true).first)
        #expect(body.hasSuffix(#","truncatedAlerts":0,"model":"churn","replayed":true}"# + "\n"))
    }

    @Test func `alerts of no model carry no model`() throws {
        let alert = NotifiedAlert(
            labels: ["alertname": "Self"], annotations: [], startsAt: noon, endsAt: nil)
        let body = try #require(try bodies("team", [alert]).first)
        #expect(body.hasSuffix(#","truncatedAlerts":0}"# + "\n"))
    }
}
