import Alerting
import Foundation
import Integrations
import Monitoring
import Query
import Testing

/// What every messenger is sent, and that none of its secrets lies anywhere else.
struct MessengerTests {
    private static let configs: [Messenger: String] = [
        .slack: "slack_configs: [{api_url: 'https://hooks.example/T0KEN', channel: '#ml', send_resolved: true}]",
        .msteams: "msteamsv2_configs: [{webhook_url: 'https://hooks.example/T0KEN'}]",
        .pagerduty: "pagerduty_configs: [{routing_key: T0KEN, severity: critical}]",
        .opsgenie: "opsgenie_configs: [{api_key: T0KEN, priority: P2}]",
        .discord: "discord_configs: [{webhook_url: 'https://hooks.example/T0KEN'}]",
        .telegram: "telegram_configs: [{bot_token: T0KEN, chat_id: '-100'}]",
    ]

    private func alert(_ feature: String) -> NotifiedAlert { NotificationFixture.alert(feature) }

    private func request(
        _ messenger: Messenger, _ alerts: [NotifiedAlert], resolved: Bool = false
    ) throws -> OutboundRequest {
        try NotificationFixture(config: try #require(Self.configs[messenger])).request(alerts, resolved: resolved)
    }

    private func json(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test(arguments: Messenger.allCases)
    func `a message names the group and its alerts, in JSON`(messenger: Messenger) throws {
        let request = try request(messenger, [alert("age"), alert("job \"x\"")])
        let text = String(decoding: request.body, as: UTF8.self)
        _ = try json(request.body)
        #expect(request.method == "POST")
        #expect(request.header("content-type") == "application/json")
        #expect(text.contains("[FIRING:2] FeatureDrift churn"))
        #expect(text.contains("feature=age"))
    }

    @Test(arguments: [Messenger.pagerduty, .opsgenie])
    func `an incident is resolved under the key that triggered it`(messenger: Messenger) throws {
        let first = try request(messenger, [alert("age")])
        let last = try request(messenger, [alert("age")], resolved: true)
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
        let request = try request(.telegram, [alert("age")])
        #expect(request.url.revealed == "https://api.telegram.org/botT0KEN/sendMessage")
        #expect(try json(request.body)["chat_id"] as? String == "-100")
    }

    @Test func `texts of one's own replace ours`() throws {
        let config = """
            discord_configs: [{webhook_url: 'https://x/', title: 'T {{ .CommonLabels.alertname }}', text: '{{ range .Alerts }}{{ .Labels.feature }};{{ end }}'}]
            """
        let body = try NotificationFixture(config: config).request([alert("age"), alert("job")]).body
        let embed = try #require((try json(body)["embeds"] as? [[String: Any]])?.first)
        #expect(embed["title"] as? String == "T FeatureDrift")
        #expect(embed["description"] as? String == "age;job;")
    }

    @Test(arguments: [
        (Messenger.slack, "header", 150), (.discord, "title", 256), (.telegram, "text", 4096),
        (.pagerduty, "summary", 1024),
        (.opsgenie, "message", 130),
    ])
    func `a part is as long as the service takes and no longer`(messenger: Messenger, part: String, most: Int) throws {
        let long = NotifiedAlert(
            labels: ["alertname": String(repeating: "\u{1F4A5}", count: 5000), "model": "m"], annotations: [],
            startsAt: NotificationFixture.now, endsAt: nil)
        let body = try request(messenger, [long]).body
        let found = try #require(Self.find(part, in: try json(body)))
        // The services count as JavaScript does, or Unicode scalars; either way nothing is longer than the limit.
        #expect(found.unicodeScalars.count <= most)
        if messenger == .slack || messenger == .discord || messenger == .telegram { #expect(found.utf16.count <= most) }
        #expect(found.unicodeScalars.count >= min(most / 2 - 2, 100))
        #expect(!found.unicodeScalars.contains("\u{FFFD}"))
    }

    /// The text of a key, or of the block of that type.
    private static func find(_ key: String, in node: Any) -> String? {
        if let object = node as? [String: Any] {
            if object["type"] as? String == key { return find("text", in: object["text"] ?? "") }
            if let text = object[key] as? String { return text }
            return object.values.lazy.compactMap { find(key, in: $0) }.first
        }
        return (node as? [Any])?.lazy.compactMap { find(key, in: $0) }.first
    }

    @Test(arguments: [
        ("slack_configs: [{}]", "2:39: a slack_configs entry needs api_url, api_url_file or api_url_env"),
        (
            "pagerduty_configs: [{}]",
            "2:43: a pagerduty_configs entry needs routing_key, routing_key_file or routing_key_env"
        ),
        ("pagerduty_configs: [{routing_key: 'a b'}]", "2:57: routing_key must be 1 to 1024 printable characters"),
        ("telegram_configs: [{bot_token: x}]", "2:42: a telegram_configs entry needs the key chat_id"),
        ("discord_configs: [{webhook_url: 'file:///x'}]", "2:55: webhook_url: the address has a scheme"),
        ("jira_configs: []", "2:23: jira_configs is not supported by this version of Driftline"),
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
