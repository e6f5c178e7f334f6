import Alerting
import App
import Integrations
import Logging
import Monitoring
import Postgres
import Store
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DispatcherTests {
    /// Answers by a script of the time, and keeps what was sent.
    private final class ScriptedSender: OutboundSender {
        private let clock: ManualClock
        private let upFrom: Time
        private let sentRequests = Mutex<[OutboundRequest]>([])

        init(clock: ManualClock, upFrom: Time) {
            self.clock = clock
            self.upFrom = upFrom
        }

        var sent: [OutboundRequest] { sentRequests.withLock { $0 } }

        func send(
            _ request: OutboundRequest, policy: OutgoingPolicy
        ) async -> Result<OutboundResponse, OutboundFailure> {
            sentRequests.withLock { $0.append(request) }
            guard clock.now.time >= upFrom else { return .failure(OutboundFailure(reason: "connection refused")) }
            return .success(OutboundResponse(status: 204, receivedAt: clock.now.time))
        }
    }

    private static let settings = """
        route: {receiver: team}
        receivers:
          - name: team
            webhook_configs: [{url: "http://127.0.0.1:9999/hook", signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]
        outgoing: {allow_addresses: [127.0.0.0/8]}
        """

    private static func dispatcher(
        _ store: Store, _ sender: ScriptedSender, _ clock: ManualClock
    ) throws -> Dispatcher<ManualClock> {
        let active = ActiveSettings(identity: SenderIdentity(version: "test", externalURL: "http://driftline.test"))
        let notifications = try NotificationSettings(file: "notifications.yaml", text: settings)
        active.replace { $0.notifications = notifications }
        return Dispatcher(
            store: store, sender: sender, settings: active, clock: clock, holder: "test", counters: Counters(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func outbox(_ store: Store, _ count: Int64) async throws {
        let model = try await store.putModel(name: "m", definition: "{}", at: ServiceFixture.start)
        let lease = try #require(try await store.lease("evaluator", holder: "test", seconds: 600))
        var step = EvaluationStep(model: model.id, evaluatedTo: ServiceFixture.start)
        for sequence in 1...count {
            step.deliveries.append(
                Delivery(
                    id: "msg_\(sequence)", kind: .notification,
                    destination: Destination(name: "team", channel: "webhook/0"), stream: "s", sequence: sequence,
                    payload: Array("{}".utf8), createdAt: ServiceFixture.start, eventTime: ServiceFixture.start,
                    replayed: false))
        }
        try await store.commit(step, lease: lease, at: ServiceFixture.start)
    }

    @Test func `a receiver that is away for 75 hours gets everything afterwards, in order, with the same ids`()
        async throws
    {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 3)
            let clock = ManualClock(ServiceFixture.start)
            let away = ServiceFixture.start + .hours(75)
            let sender = ScriptedSender(clock: clock, upFrom: away)
            let dispatcher = try Self.dispatcher(store, sender, clock)
            for _ in 0..<(24 * 6 * 5) {
                while try await dispatcher.deliverDue() > 0 {}
                clock.advance(by: .seconds(600))
            }
            let delivered = try await store.deliveries(state: "delivered")
            #expect(Set(delivered.map(\.delivery.id)) == ["msg_1", "msg_2", "msg_3"])
            let ids = sender.sent.compactMap { $0.header("webhook-id") }
            #expect(ids.last == "msg_3")
            // While the first waits nothing behind it is tried, and every attempt carries its id.
            #expect(ids == ids.sorted())
            #expect(ids.filter { $0 == "msg_1" }.count >= 9)
            #expect(sender.sent.allSatisfy { $0.header("webhook-signature")?.hasPrefix("v1,") ?? false })
        }
    }

    @Test func `a delivery whose receiver is gone from the settings waits for it`() async throws {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 1)
            let clock = ManualClock(ServiceFixture.start)
            let sender = ScriptedSender(clock: clock, upFrom: ServiceFixture.start)
            let active = ActiveSettings(identity: SenderIdentity(version: "test", externalURL: "http://driftline.test"))
            let dispatcher = Dispatcher(
                store: store, sender: sender, settings: active, clock: clock, holder: "test", counters: Counters(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            #expect(try await dispatcher.deliverDue() == 1)
            #expect(sender.sent.isEmpty)
            let notifications = try NotificationSettings(file: "notifications.yaml", text: Self.settings)
            active.replace { $0.notifications = notifications }
            clock.advance(by: .seconds(61))
            #expect(try await dispatcher.deliverDue() == 1)
            #expect(try await store.deliveries(state: "delivered").count == 1)
        }
    }
}
