import Alerting
import Integrations
import Monitoring
import Query
import Testing

/// What holds for every channel and every launcher; add a new one to `senders`.
struct ChannelSuite {
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let now = Time(microseconds: 1_767_268_800_000_000)
    static let identity = SenderIdentity(version: "1.2.3", externalURL: "https://drift.example")

    enum Sender: String, CaseIterable, Sendable {
        case webhookChannel
        case webhookLauncher
    }

    private func settings(signed: Bool) throws -> WebhookSettings {
        WebhookSettings(
            address: .inline(try WebhookURL("https://receiver.example/T0KEN")),
            signingSecret: signed ? .inline(Secret(Self.secret)) : nil)
    }

    private func request(_ sender: Sender, signed: Bool = true, delivery: Delivery, at time: Time) throws
        -> OutboundRequest
    {
        let noFile: (TextPlace) throws(WebhookTargetError) -> String = { place throws(WebhookTargetError) in
            throw .unreadable(place, reason: "no such file")
        }
        switch sender {
        case .webhookChannel:
            return try #require(
                try ChannelRegistry.channel(
                    .webhook(settings(signed: signed)), identity: Self.identity, content: noFile
                ).message(for: delivery, at: time).http)
        case .webhookLauncher:
            return try LauncherRegistry.launcher(
                .webhook(settings(signed: signed)), identity: Self.identity, content: noFile
            ).request(for: delivery, at: time)
        }
    }

    private func delivery(id: String = "msg_01ARYZ6S410000000000000000") -> Delivery {
        Delivery(
            id: id, kind: .notification, destination: Destination(name: "a", channel: "webhook/0"), stream: "s",
            sequence: 1, payload: Array("{}\n".utf8), createdAt: Self.now, eventTime: Self.now, replayed: false)
    }

    @Test(arguments: Sender.allCases)
    func `every request names its delivery and its program`(sender: Sender) throws {
        let request = try request(sender, delivery: delivery(), at: Self.now)
        #expect(request.method == "POST")
        #expect(request.url.revealed == "https://receiver.example/T0KEN")
        #expect(request.header("webhook-id") == "msg_01ARYZ6S410000000000000000")
        #expect(request.header("content-type") == "application/json")
        #expect(request.header("user-agent") == "Driftline/1.2.3")
        #expect(request.timeout == WebhookSettings.standardTimeout)
        #expect(request.body == delivery().payload)
    }

    @Test(arguments: Sender.allCases)
    func `a repeat has the same id and body, and the time and signature of its attempt`(sender: Sender) throws {
        let first = try request(sender, delivery: delivery(), at: Self.now)
        let later = Self.now + (try #require(PrometheusDuration("5m")))
        let second = try request(sender, delivery: delivery(), at: later)
        #expect(first.body == second.body)
        #expect(first.header("webhook-id") == second.header("webhook-id"))
        #expect(second.header("webhook-timestamp") == "\(later.microseconds / 1_000_000)")
        #expect(first.header("webhook-signature") != second.header("webhook-signature"))
        let signature = WebhookSignature(
            id: try #require(second.header("webhook-id")), timestamp: try #require(second.header("webhook-timestamp")),
            signature: second.header("webhook-signature"))
        try signature.verify(body: second.body, keys: try SigningKey.keys(in: Secret(Self.secret)), now: later)
    }

    @Test(arguments: Sender.allCases)
    func `without a secret nothing is signed`(sender: Sender) throws {
        let request = try request(sender, signed: false, delivery: delivery(), at: Self.now)
        #expect(request.header("webhook-signature") == nil)
        #expect(request.header("webhook-id") != nil)
    }

    @Test(arguments: Sender.allCases)
    func `no header and no description has the secret in it`(sender: Sender) throws {
        let request = try request(sender, delivery: delivery(), at: Self.now)
        let headers = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        for text in [headers, "\(request)"] {
            #expect(!text.contains("MfKQ") && !text.contains("T0KEN"))
        }
    }
}
