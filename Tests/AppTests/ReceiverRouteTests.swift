import Alerting
import App
import HTTPTypes
import Integrations
import JSON
import Monitoring
import Store
import Testing

@Suite(.timeLimit(.minutes(15)))
struct ReceiverRouteTests {
    private static let settings = """
        route: {receiver: team}
        receivers:
          - name: team
            webhook_configs:
              - {url: "http://127.0.0.1:9993/S3CRET", signing_secret: "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxrkQ=="}
              - {url: "http://127.0.0.1:9993/", signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
            slack_configs: [{api_url: "https://hooks.example/S3CRET"}]
        """

    private static func deliver(_ store: Store, to destination: Destination) async throws {
        let added = try await store.addModel(name: "m", definition: "{}", at: ServiceFixture.start)
        let model = try #require(added)
        let lease = try #require(try await store.lease("evaluator", holder: "test", seconds: 600))
        var step = EvaluationStep(model: model.id, evaluatedTo: ServiceFixture.start)
        step.deliveries = [
            Delivery(
                id: "msg_1", kind: .notification, destination: destination, stream: "s", sequence: 1, payload: [1],
                createdAt: ServiceFixture.start, eventTime: ServiceFixture.start, replayed: false)
        ]
        try await store.commit(step, lease: lease, at: ServiceFixture.start)
    }

    private static func settle(_ store: Store, _ outcome: DeliveryOutcome, at time: Time) async throws {
        let claimed = try await store.claimDeliveries(
            at: time, most: 1, leaseUntil: time + .minutes(1), holder: "h")
        let one = try #require(claimed.first)
        let settlement = RetrySchedule.standard.settlement(
            of: outcome, attempts: 1, createdAt: time, now: time, random: 0)
        let attempt = DeliveryAttempt(
            delivery: one.delivery.id, attempt: one.attempt, at: time, status: nil, error: nil, excerpt: nil)
        _ = try await store.settle(
            one, settlement, attempt: attempt, holder: "h", counts: true, evidence: outcome.evidence)
    }

    @Test func `receivers are listed with how they are doing, and without their secrets`() async throws {
        try await ServiceFixture.with { service in
            let seed = "whsk_" + Base64.encoded([UInt8](repeating: 7, count: 32))
            let text = Self.settings.replacing("whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxrkQ==", with: seed)
            let settings = try NotificationSettings(file: "n.yaml", text: text)
            service.active.replace { $0.notifications = settings }
            try await Self.deliver(service.store, to: Destination(name: "team", channel: "webhook/1"))
            try await Self.settle(
                service.store, .retry(status: 503, reason: "status 503", after: nil), at: ServiceFixture.start)
            let answer = try await service.call(.get, "/v1/receivers")
            #expect(answer.status == 200)
            let channels = try #require(answer.body["receivers"]?.elements?.first?["channels"]?.elements)
            #expect(channels.compactMap { $0["channel"]?.string } == ["webhook/0", "webhook/1", "slack/0"])
            #expect(channels.compactMap { $0["state"]?.string } == ["active", "failing", "active"])
            #expect(channels[1]["last_error"]?.string == "status 503")
            #expect(channels[1]["waiting"]?.int64 == 1)
            #expect(!answer.body.text.contains("S3CRET") && !answer.body.text.contains("MfKQ"))

            let keys = try await service.call(.get, "/v1/webhook-keys").body
            let entries = try #require(keys["keys"]?.elements)
            #expect(entries.count == 1)
            #expect(entries.first?["channel"]?.string == "webhook/0")
            let expected = try SigningKey.keys(in: Secret(seed)).first?.publicText
            #expect(entries.first?["public_keys"]?.elements?.first?.string == expected)
            #expect(!keys.text.contains("whsk_") && !keys.text.contains("whsec_"))
        }
    }

    @Test func `deliveries that were given up on are sent again together`() async throws {
        try await ServiceFixture.with { service in
            try await Self.deliver(service.store, to: Destination(name: "team", channel: "webhook/0"))
            try await Self.settle(service.store, .dead(status: 400, reason: "status 400"), at: ServiceFixture.start)
            let none = try await service.call(.post, "/v1/deliveries/redeliver?receiver=other")
            #expect(none.body["redelivered"]?.int64 == 0)
            let late = try await service.call(.post, "/v1/deliveries/redeliver?since=2100-01-01T00:00:00Z")
            #expect(late.body["redelivered"]?.int64 == 0)
            let wrong = try await service.call(.post, "/v1/deliveries/redeliver?since=yesterday")
            #expect(wrong.status == 422 || wrong.status == 400)
            let all = try await service.call(.post, "/v1/deliveries/redeliver?receiver=team")
            #expect(all.body["redelivered"]?.int64 == 1)
            let states = try await service.call(.get, "/v1/deliveries").body["deliveries"]?.elements?.compactMap {
                $0["state"]?.string
            }
            #expect(states == ["ready"])
        }
    }
}
