import Alerting
import Foundation
import Integrations
import Monitoring
import Testing

/// What holds for every channel of a receiver; a new one is a line in `configs`.
struct ReceiverSuite {
    enum Kind: String, CaseIterable, Sendable {
        case webhook, structured, binary, template, slack, msteams, pagerduty, opsgenie, discord, telegram, email
        case alertmanager

        /// The channel with its secret in a file, the word `T0KEN`.
        var fixture: NotificationFixture {
            let (config, secret) = written
            return NotificationFixture(config: config, places: [.file("/run/s"): secret + "\n"])
        }

        private var written: (config: String, secret: String) {
            switch self {
            case .webhook: ("webhook_configs: [{url_file: /run/s}]", "https://hooks.example/T0KEN")
            case .structured:
                (
                    "webhook_configs: [{url: 'https://hooks.example/', format: cloudevents-structured, "
                        + "http_config: {authorization: {credentials_file: /run/s}}}]", "T0KEN"
                )
            case .binary:
                (
                    "webhook_configs: [{url: 'https://hooks.example/', format: cloudevents-binary, "
                        + "http_config: {http_headers: {X-Key: {files: [/run/s]}}}}]", "T0KEN"
                )
            case .template:
                (
                    "webhook_configs: [{url_file: /run/s, template: '{\"a\":{{ .CommonLabels.alertname | json }},\"s\":{{ range .Alerts }}{{ .Annotations.summary | json }}{{ end }}}', max_alerts: 1}]",
                    "https://hooks.example/T0KEN"
                )
            case .slack: ("slack_configs: [{api_url_file: /run/s, send_resolved: true}]", "https://hooks.example/T0KEN")
            case .msteams: ("msteamsv2_configs: [{webhook_url_file: /run/s}]", "https://hooks.example/?sig=T0KEN")
            case .pagerduty: ("pagerduty_configs: [{routing_key_file: /run/s}]", "T0KEN")
            case .opsgenie: ("opsgenie_configs: [{api_key_file: /run/s}]", "T0KEN")
            case .discord: ("discord_configs: [{webhook_url_file: /run/s}]", "https://hooks.example/1/T0KEN")
            case .telegram: ("telegram_configs: [{bot_token_file: /run/s, chat_id: '-100'}]", "1:T0KEN")
            case .email:
                (
                    "email_configs: [{smarthost: 'mail.example:587', from: a@b.example, to: c@d.example, "
                        + "auth_username: a, auth_password_file: /run/s, send_resolved: true}]", "T0KEN"
                )
            case .alertmanager:
                (
                    "alertmanager_configs: [{url: 'http://am.example:9093', "
                        + "http_config: {basic_auth: {username: u, password_file: /run/s}}}]", "T0KEN"
                )
            }
        }

        /// How large what is sent may be, in bytes; for the documents of the services see docs/receivers.md.
        var mostBytes: Int {
            switch self {
            case .msteams: 28_000
            case .pagerduty: 512_000
            case .slack: 40_000
            case .discord, .telegram: 30_000
            case .opsgenie: 100_000
            case .email: 1_000_000
            // Ours to shorten with max_alerts.
            case .webhook, .structured, .binary, .template, .alertmanager: .max
            }
        }
    }

    private func content(of message: OutboundMessage) -> [UInt8] {
        switch message {
        case .http(let request): request.body
        case .mail(let mail): mail.message
        }
    }

    /// Everything of a message that goes over the wire.
    private func wire(_ message: OutboundMessage) -> String {
        switch message {
        case .http(let request):
            request.url.revealed + "\n" + request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
                + "\n"
                + String(decoding: request.body, as: UTF8.self)
        case .mail(let mail):
            (mail.credentials?.password.revealed ?? "") + String(decoding: mail.message, as: UTF8.self)
        }
    }

    @Test(arguments: Kind.allCases)
    func `a stored delivery holds no secret, nor does any description`(kind: Kind) throws {
        let fixture = kind.fixture
        let delivery = try fixture.delivery([NotificationFixture.alert("age")])
        let message = try fixture.channel.message(for: delivery, at: NotificationFixture.now)
        var dumped = ""
        dump(try fixture.settings, to: &dumped)
        let stored = String(decoding: delivery.payload, as: UTF8.self) + delivery.headers.map(\.value).joined()
        for text in [stored, "\(delivery)", "\(message)", dumped] { #expect(!text.contains("T0KEN")) }
        let whole = wire(message)
        let encoded = Base64.encoded("u:T0KEN".utf8)
        #expect(whole.contains("T0KEN") || whole.contains(encoded))
    }

    @Test(arguments: Kind.allCases)
    func `a secret that cannot be read is named by its place alone`(kind: Kind) {
        let error = #expect(throws: WebhookTargetError.self) {
            var fixture = kind.fixture
            fixture.places = [:]
            return try fixture.channel
        }
        #expect(error?.reason == "the file /run/s cannot be read: there is none")
        let broken = #expect(throws: WebhookTargetError.self) {
            var fixture = kind.fixture
            fixture.places = [.file("/run/s"): "T0KEN\u{7}\nsecond"]
            return try fixture.channel
        }
        #expect(broken?.reason.contains("T0KEN") == false)
        #expect(broken?.reason.contains("/run/s") == true)
    }

    @Test(arguments: Kind.allCases)
    func `every message carries the id of its delivery, the same at every attempt`(kind: Kind) throws {
        let fixture = kind.fixture
        let delivery = try fixture.delivery([NotificationFixture.alert("age")])
        for hours in [0, 1, 70] as [Int64] {
            let message = try fixture.channel.message(for: delivery, at: NotificationFixture.now + .hours(hours))
            switch message {
            case .http(let request): #expect(request.header("webhook-id") == NotificationFixture.id)
            case .mail(let mail):
                let text = String(decoding: mail.message, as: UTF8.self)
                #expect(text.contains("\r\nMessage-ID: <\(NotificationFixture.id)@b.example>\r\n"))
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func `a thousand long alerts stay within what the service takes, and no character is cut in two`(kind: Kind) throws
    {
        for symbol in ["\u{1F4A5}", "&<>\"", "e\u{301}", "\n\u{2028}"] {
            let alerts = (0..<1000).map {
                NotificationFixture.alert("f\($0)\(symbol)", summary: String(repeating: symbol, count: 200))
            }
            let message = try kind.fixture.message(alerts)
            let body = content(of: message)
            #expect(body.count <= kind.mostBytes)
            #expect(String(validating: body, as: UTF8.self) != nil)
            if kind != .email { _ = try JSONSerialization.jsonObject(with: Data(body)) }
        }
    }

    @Test(arguments: Kind.allCases)
    func `hostile names and texts stay inside of their place`(kind: Kind) throws {
        let hostile = "x\r\nBcc: evil@example.org\r\n\r\n\"}],{\"a\": \u{0}\u{1B}[31m </ul><script>"
        let message = try kind.fixture.message([
            NotificationFixture.alert(hostile, summary: hostile, model: "m\r\nX: y")
        ])
        switch message {
        case .http(let request):
            _ = try JSONSerialization.jsonObject(with: Data(request.body))
            let values = request.headers.map(\.value)
            #expect(values.allSatisfy { $0.utf8.allSatisfy { byte in byte >= 0x20 && byte < 0x7F } })
        case .mail(let mail):
            let text = String(decoding: mail.message, as: UTF8.self)
            let head = text.components(separatedBy: "\r\n\r\n")[0]
            #expect(!head.contains("Bcc"))
            #expect(mail.message.allSatisfy { $0 < 0x80 })
        }
    }

    @Test(
        arguments: Kind.allCases, [200, 202, 204, 400, 401, 404, 408, 410, 413, 425, 429, 500, 502, 503, 504, 301, 302])
    func `a status has one meaning`(kind: Kind, status: Int) throws {
        guard kind != .email else { return }
        let outcome = try kind.fixture.channel.outcome(
            of: OutboundResponse(status: status, body: Array("T0KEN".utf8), receivedAt: NotificationFixture.now))
        switch (status, outcome) {
        case (200...299, .delivered(status)), ([408, 410, 425, 429], .retry(status, _, nil)),
            (500...599, .retry(status, _, nil)),
            (300...399, .retry(status, _, nil)), (400...499, .dead(status, _)):
            break
        default: Issue.record("\(status) is \(outcome)")
        }
        #expect(!"\(outcome)".contains("T0KEN"))
    }

    @Test(arguments: [
        (250, "delivered"), (251, "delivered"), (421, "retry"), (450, "retry"), (451, "retry"), (452, "retry"),
        (535, "retry"), (530, "retry"), (550, "dead"), (552, "dead"), (554, "dead"), (501, "dead"), (354, "retry"),
    ])
    func `a mail server's reply has one meaning`(status: Int, expected: String) throws {
        let outcome = try Kind.email.fixture.channel.outcome(
            of: OutboundResponse(status: status, receivedAt: NotificationFixture.now))
        #expect("\(outcome)".hasPrefix(expected))
    }

    @Test(arguments: Kind.allCases)
    func `a resolved group is told as such`(kind: Kind) throws {
        let text = wire(try kind.fixture.message([NotificationFixture.alert("age")], resolved: true))
        let signs: [Kind: String] = [
            .webhook: "\"status\":\"resolved\"", .structured: "driftline.alert.resolved",
            .binary: "driftline.alert.resolved",
            .template: "FeatureDrift", .pagerduty: "\"event_action\":\"resolve\"",
            .opsgenie: "/close?identifierType=alias",
            .alertmanager: "\"endsAt\":\"2026-01-01T14:00:00Z\"",
        ]
        #expect(text.contains(signs[kind] ?? "[RESOLVED]"), "\(text)")
    }
}

extension Array<Int> {
    fileprivate static func ~= (members: Self, status: Int) -> Bool { members.contains(status) }
}
