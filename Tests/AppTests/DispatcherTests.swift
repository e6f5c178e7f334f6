import Addresses
import Alerting
import App
import InMemoryLogging
import Integrations
import Logging
import Monitoring
import Postgres
import Store
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct DispatcherTests {
    /// Answers by a script of the time, and keeps what was sent.
    final class ScriptedSender: OutboundSender {
        typealias Answer = Result<OutboundResponse, OutboundFailure>

        private let clock: ManualClock
        private let script: @Sendable (OutboundRequest, Time) -> Answer
        private let sentRequests = Mutex<[(request: OutboundRequest, at: Time)]>([])

        init(clock: ManualClock, script: @escaping @Sendable (OutboundRequest, Time) -> Answer) {
            self.clock = clock
            self.script = script
        }

        /// One whose receivers are away until a time.
        convenience init(clock: ManualClock, upFrom: Time) {
            self.init(clock: clock) { _, now in
                now < upFrom
                    ? .failure(OutboundFailure(reason: "connection refused"))
                    : .success(OutboundResponse(status: 204, receivedAt: now))
            }
        }

        var sent: [OutboundRequest] { sentRequests.withLock { $0.map(\.request) } }
        var times: [Time] { sentRequests.withLock { $0.map(\.at) } }

        func send(_ message: OutboundMessage, policy: AddressPolicy) async -> Answer {
            guard let request = message.http else { return .failure(OutboundFailure(reason: "no request")) }
            let now = clock.now.time
            sentRequests.withLock { $0.append((request, now)) }
            return script(request, now)
        }
    }

    static let settings = """
        route: {receiver: team}
        receivers:
          - name: team
            webhook_configs: [{url: "http://127.0.0.1:9999/hook", signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]
        outgoing: {allow_addresses: [127.0.0.0/8]}
        """

    static func dispatcher(
        _ store: Store, _ sender: any OutboundSender, _ clock: ManualClock, settings: String = settings,
        logs: any LogHandler = SwiftLogNoOpLogHandler()
    ) throws -> Dispatcher<ManualClock> {
        let active = ActiveSettings(identity: SenderIdentity(version: "test", externalURL: "http://driftline.test"))
        let notifications = try NotificationSettings(file: "notifications.yaml", text: settings)
        active.replace { $0.notifications = notifications }
        return Dispatcher(
            store: store, sender: sender, settings: active, clock: clock, holder: "test", counters: Counters(),
            logger: Logger(label: "test") { _ in logs })
    }

    static func outbox(
        _ store: Store, _ count: Int64, channel: String = "webhook/0", payload: String = "{}", streams: Int64 = 1
    ) async throws {
        let model = try #require(
            try await store.addModel(name: "m", definition: "{}", at: ServiceFixture.start))
        let lease = try #require(try await store.lease("evaluator", holder: "test", seconds: 600))
        var step = EvaluationStep(model: model.id, evaluatedTo: ServiceFixture.start)
        for sequence in 1...count {
            step.deliveries.append(
                Delivery(
                    id: "msg_\(sequence)", kind: .notification,
                    destination: Destination(name: "team", channel: channel), stream: "s\(sequence % streams)",
                    sequence: sequence, payload: Array(payload.utf8), createdAt: ServiceFixture.start,
                    eventTime: ServiceFixture.start,
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
            #expect(Set(delivered.map(\.record.delivery.id)) == ["msg_1", "msg_2", "msg_3"])
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

    @Test func `a receiver that fails for long is paused, probed every five minutes, and caught up with in order`()
        async throws
    {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 60, streams: 3)
            let clock = ManualClock(ServiceFixture.start)
            let back = ServiceFixture.start + .hours(30)
            let sender = ScriptedSender(clock: clock, upFrom: back)
            let dispatcher = try Self.dispatcher(store, sender, clock)
            var pausedAfter: PrometheusDuration?
            while clock.now.time < back {
                _ = try await dispatcher.deliverDue()
                if pausedAfter == nil, try await store.receiverHealth().values.contains(where: { $0.pausedAt != nil }) {
                    pausedAfter = clock.now.time - ServiceFixture.start
                }
                clock.advance(by: .seconds(60))
            }
            let whilePaused = sender.times.filter { $0 > ServiceFixture.start + .hours(1) }
            #expect(try #require(pausedAfter) <= .hours(1))
            // One attempt in five minutes, whatever waits.
            #expect((300...360).contains(whilePaused.count), "\(whilePaused.count)")
            #expect(try await store.waiting().values.map(\.waiting) == [60])
            while clock.now.time < back + .minutes(6) {
                while try await dispatcher.deliverDue() > 0 {}
                clock.advance(by: .seconds(60))
            }
            #expect(try await store.deliveries(state: "delivered").count == 60)
            #expect(try await store.receiverHealth().isEmpty)
            let taken = zip(sender.sent, sender.times).filter { $0.1 >= back }.compactMap { $0.0.header("webhook-id") }
            for stream in 0..<3 {
                let numbers = taken.compactMap { Int($0.dropFirst(4)) }.filter { $0 % 3 == stream }
                #expect(numbers == numbers.sorted())
            }
            #expect(Set(taken).count == 60 && taken.count == 60)
        }
    }

    @Test
    func `a message that is refused does not pause its receiver, and one that poisons its stream delays no other`()
        async throws
    {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 12, streams: 6)
            let clock = ManualClock(ServiceFixture.start)
            let sender = ScriptedSender(clock: clock) { request, now in
                let id = request.header("webhook-id")
                if id == "msg_1" { return .success(OutboundResponse(status: 400, receivedAt: now)) }
                if id == "msg_2" { return .success(OutboundResponse(status: 500, receivedAt: now)) }
                return .success(OutboundResponse(status: 200, receivedAt: now))
            }
            let dispatcher = try Self.dispatcher(store, sender, clock)
            for _ in 0..<100 {
                while try await dispatcher.deliverDue() > 0 {}
                clock.advance(by: .seconds(3600))
            }
            #expect(Set(try await store.deliveries(state: "dead").map(\.record.delivery.id)) == ["msg_1", "msg_2"])
            #expect(try await store.deliveries(state: "delivered").count == 10)
            #expect(try await store.redeliver(receiver: "team", since: nil, at: clock.now.time) == 2)
            #expect(try await store.redeliver(receiver: "nobody", since: nil, at: clock.now.time) == 0)
        }
    }

    @Test func `the log tells the first failure of a delivery and that it was given up on, not every attempt`()
        async throws
    {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 1)
            let clock = ManualClock(ServiceFixture.start)
            let logs = InMemoryLogHandler()
            let sender = ScriptedSender(clock: clock) { _, now in
                .success(OutboundResponse(status: now < ServiceFixture.start + .hours(1) ? 503 : 400, receivedAt: now))
            }
            let dispatcher = try Self.dispatcher(store, sender, clock, logs: logs)
            for _ in 0..<20 {
                while try await dispatcher.deliverDue() > 0 {}
                clock.advance(by: .seconds(600))
            }
            #expect(sender.sent.count > 2)
            let told = logs.entries.filter { $0.metadata["id"] == "msg_1" }
            #expect(told.map(\.level) == [.warning, .error])
            #expect(told.map { $0.metadata["receiver"] } == ["team", "team"])
            #expect(told.first?.metadata["reason"]?.description.contains("503") == true)
            #expect(told.last?.metadata["reason"]?.description.contains("400") == true)
        }
    }

    @Test func `an Alertmanager is told again of what fires until it is over`() async throws {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            let settings = """
                route: {receiver: team}
                receivers: [{name: team, alertmanager_configs: [{url: "http://am.example:9093"}]}]
                """
            try await Self.outbox(store, 1, channel: "alertmanager/0", payload: "F{\"labels\":{\"a\":\"b\"}}\n")
            let clock = ManualClock(ServiceFixture.start)
            let sender = ScriptedSender(clock: clock, upFrom: ServiceFixture.start)
            let dispatcher = try Self.dispatcher(store, sender, clock, settings: settings)
            for _ in 0..<60 {
                _ = try await dispatcher.deliverDue()
                clock.advance(by: .seconds(30))
            }
            #expect(sender.sent.count == 30)
            let ends = zip(sender.sent, sender.times).map { request, time in
                String(decoding: request.body, as: UTF8.self)
                    == "[{\"endsAt\":\"\((time + .hours(1)).rfc3339)\",\"labels\":{\"a\":\"b\"}}]"
            }
            #expect(ends.allSatisfy { $0 })
            // What comes later in the stream takes its place.
            let added = try await store.addModel(name: "other", definition: "{}", at: ServiceFixture.start)
            let model = try #require(added)
            let lease = try #require(try await store.lease("evaluator", holder: "test", seconds: 600))
            var step = EvaluationStep(model: model.id, evaluatedTo: ServiceFixture.start)
            step.deliveries = [
                Delivery(
                    id: "msg_end", kind: .notification,
                    destination: Destination(name: "team", channel: "alertmanager/0"),
                    stream: "s0", sequence: 2, payload: Array("R{\"labels\":{\"a\":\"b\"}}\n".utf8),
                    createdAt: clock.now.time, eventTime: ServiceFixture.start, replayed: false)
            ]
            try await store.commit(step, lease: lease, at: clock.now.time)
            for _ in 0..<20 {
                _ = try await dispatcher.deliverDue()
                clock.advance(by: .seconds(30))
            }
            #expect(sender.sent.filter { $0.header("webhook-id") == "msg_end" }.count == 1)
            #expect(sender.sent.last?.header("webhook-id") == "msg_end")
        }
    }
}
