import Alerting
import Foundation
import Integrations
import Monitoring
import Query
import Testing

/// What every messenger is sent, and that none of its secrets lies anywhere else.
struct MessengerTests {
    private static let now = Time(microseconds: 1_767_268_800_000_000)
    private static let identity = SenderIdentity(version: "1.2.3", externalURL: "https://drift.example")
    private static let configs: [Messenger: String] = [
        .slack: "slack_configs: [{api_url: 'https://hooks.example/T0KEN', channel: '#ml', send_resolved: true}]",
        .msteams: "msteamsv2_configs: [{webhook_url: 'https://hooks.example/T0KEN'}]",
        .pagerduty: "pagerduty_configs: [{routing_key: T0KEN, severity: critical}]",
        .opsgenie: "opsgenie_configs: [{api_key: T0KEN, priority: P2}]",
        .discord: "discord_configs: [{webhook_url: 'https://hooks.example/T0KEN'}]",
        .telegram: "telegram_configs: [{bot_token: T0KEN, chat_id: '-100'}]",
    ]

    private func alert(_ feature: String, resolved: Bool = false, summary: String = "PSI <0.31> & more")
        -> NotifiedAlert
    {
        NotifiedAlert(
            labels: ["alertname": "FeatureDrift", "model": "churn", "feature": feature],
            annotations: [Label(name: "summary", value: summary)], startsAt: Self.now,
            endsAt: resolved ? Self.now : nil, generatorURL: "https://drift.example/v1/models/churn")
    }

    /// The request that tells of some alerts, after these fired.
    private func request(
        _ messenger: Messenger, _ alerts: [NotifiedAlert], resolved: Bool = false
    ) throws -> (request: OutboundRequest, payload: [UInt8]) {
        let settings = try NotificationSettings(
            file: "n.yaml",
            text:
                "route: {receiver: r, group_by: [alertname]}\nreceivers: [{name: r, \(try #require(Self.configs[messenger]))}]"
        )
        var group = try #require(settings.groups(for: alerts[0].labels).first)
        let channel = try #require(settings.channel(of: group.destination))
        for alert in alerts { group.enter(alert, at: Self.now) }
        var plan = try #require(
            Plan(of: group, upTo: Self.now + .hours(1), audience: channel.audience, replayed: false))
        if resolved {
            var told = plan.group
            for alert in alerts {
                told.enter(
                    NotifiedAlert(
                        labels: alert.labels, annotations: alert.annotations, startsAt: alert.startsAt,
                        endsAt: Self.now + .hours(2)), at: Self.now + .hours(2))
            }
            plan = try #require(Plan(of: told, upTo: Self.now + .hours(9), audience: channel.audience, replayed: false))
        }
        let notification = try #require(plan.notification)
        let payload = ChannelRegistry.body(of: notification, for: channel, identity: Self.identity)
        let sender = try ChannelRegistry.channel(channel, identity: Self.identity) { path throws(WebhookTargetError) in
            throw .unreadable(path: path, reason: "there is none")
        }
        let delivery = notification.delivery(id: "msg_1", payload: payload, createdAt: Self.now)
        return (sender.request(for: delivery, at: Self.now), payload)
    }

    private func json(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test(arguments: Messenger.allCases)
    func `a message names the group and its alerts, in JSON`(messenger: Messenger) throws {
        let (request, _) = try request(messenger, [alert("age"), alert("job \"x\"")])
        let text = String(decoding: request.body, as: UTF8.self)
        _ = try json(request.body)
        #expect(request.method == "POST")
        #expect(request.header("content-type") == "application/json")
        #expect(text.contains("[FIRING:2] FeatureDrift churn"))
        #expect(text.contains("feature=age"))
    }

    @Test(arguments: Messenger.allCases)
    func `a stored body has no secret in it, nor has any description`(messenger: Messenger) throws {
        let (request, payload) = try request(messenger, [alert("age")])
        #expect(!String(decoding: payload, as: UTF8.self).contains("T0KEN"))
        #expect(!"\(request)".contains("T0KEN"))
        let whole =
            request.url.revealed + String(decoding: request.body, as: UTF8.self)
            + request.headers.map(\.value).joined()
        #expect(whole.contains("T0KEN"))
    }

    @Test(arguments: [Messenger.pagerduty, .opsgenie])
    func `an incident is resolved under the key that triggered it`(messenger: Messenger) throws {
        let first = try request(messenger, [alert("age")]).request
        let last = try request(messenger, [alert("age")], resolved: true).request
        switch messenger {
        case .pagerduty:
            let (trigger, resolve) = (try json(first.body), try json(last.body))
            #expect(trigger["event_action"] as? String == "trigger")
            #expect(resolve["event_action"] as? String == "resolve")
            #expect(trigger["dedup_key"] as? String == resolve["dedup_key"] as? String)
            #expect(trigger["routing_key"] as? String == "T0KEN")
            #expect(first.url.revealed == "https://events.pagerduty.com/v2/enqueue")
        default:
            let alias = try #require(try json(first.body)["alias"] as? String)
            #expect(first.url.revealed == "https://api.opsgenie.com/v2/alerts")
            #expect(last.url.revealed == "https://api.opsgenie.com/v2/alerts/\(alias)/close?identifierType=alias")
            #expect(first.header("authorization") == "GenieKey T0KEN")
        }
    }

    @Test func `the address of a bot holds its token`() throws {
        let request = try request(.telegram, [alert("age")]).request
        #expect(request.url.revealed == "https://api.telegram.org/botT0KEN/sendMessage")
        #expect(try json(request.body)["chat_id"] as? String == "-100")
    }

    @Test(arguments: Messenger.allCases)
    func `a thousand long alerts stay within what the service takes`(messenger: Messenger) throws {
        let alerts = (0..<1000).map { alert("f\($0)", summary: String(repeating: "\u{1F4A5}", count: 200)) }
        let body = try request(messenger, alerts).request.body
        _ = try json(body)
        let most: [Messenger: Int] = [.slack: 20_000, .msteams: 100_000, .discord: 20_000, .telegram: 20_000]
        #expect(body.count <= most[messenger] ?? 200_000)
    }

    @Test(arguments: [
        ("slack_configs: [{}]", "2:39: a slack_configs entry needs api_url or api_url_file"),
        ("pagerduty_configs: [{}]", "2:43: a pagerduty_configs entry needs routing_key or routing_key_file"),
        ("pagerduty_configs: [{routing_key: 'a b'}]", "2:57: routing_key must be 1 to 1024 printable characters"),
        ("telegram_configs: [{bot_token: x}]", "2:42: a telegram_configs entry needs the key chat_id"),
        ("discord_configs: [{webhook_url: 'file:///x'}]", "2:55: the address has a scheme"),
        ("email_configs: []", "2:23: email_configs is not supported by this version of Driftline"),
    ])
    func `a mistake in the settings is named`(config: String, start: String) throws {
        let error = #expect(throws: RuleFileError.self) {
            try NotificationSettings(
                file: "n.yaml", text: "route: {receiver: r}\nreceivers: [{name: r, \(config)}]")
        }
        #expect(
            error?.diagnostics.first?.description.hasPrefix("n.yaml:" + start) == true, "\(String(describing: error))")
    }
}
