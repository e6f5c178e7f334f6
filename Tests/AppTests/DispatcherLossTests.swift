import Addresses
import Alerting
import App
import Integrations
import Monitoring
import Store
import TestSupport
import Testing

/// Processes that die with a delivery in hand, and receivers that say that they are gone.
extension DispatcherTests {
    /// Sends and never comes back, as a process does that is killed while a receiver thinks.
    private struct LostSender: OutboundSender {
        let sent = AsyncStream.makeStream(of: String.self)

        func send(
            _ message: OutboundMessage, policy: AddressPolicy
        ) async -> Result<OutboundResponse, OutboundFailure> {
            sent.continuation.yield(message.http?.header("webhook-id") ?? "")
            for await _ in AsyncStream.makeStream(of: Never.self).stream {}
            return .failure(OutboundFailure(reason: "cancelled"))
        }
    }

    @Test(arguments: [false, true])
    func `a delivery of a process that died before or after it sent is claimed again within 40 s, with its id`(
        isSent: Bool
    ) async throws {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 1)
            let clock = ManualClock(ServiceFixture.start)
            let died = clock.now.time
            if isSent {
                let lost = LostSender()
                let dead = try Self.dispatcher(store, lost, clock)
                await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await dead.deliverDue() }
                    for await id in lost.sent.stream {
                        #expect(id == "msg_1")
                        break
                    }
                    group.cancelAll()
                    while let result = await group.nextResult() { if case .failure = result { break } }
                }
            } else {
                let claimed = try await store.claimDeliveries(
                    at: died, most: 9, leaseUntil: died + PrometheusDuration(microseconds: 38_000_000), holder: "dead")
                #expect(claimed.count == 1)
            }
            let sender = ScriptedSender(clock: clock) { _, now in
                .success(OutboundResponse(status: 200, receivedAt: now))
            }
            let dispatcher = try Self.dispatcher(store, sender, clock)
            while sender.sent.isEmpty, clock.now.time - died < .minutes(5) {
                clock.advance(by: .seconds(1))
                _ = try await dispatcher.deliverDue()
            }
            #expect(sender.sent.map { $0.header("webhook-id") } == ["msg_1"])
            let seconds = Double((clock.now.time - died).microseconds) / 1e6
            #expect(seconds > 30 && seconds <= 40)
            print("claimed again after \(seconds) s")
            #expect(try await store.deliveries(state: "delivered").count == 1)
        }
    }

    @Test func `a receiver that says that it is gone is paused at once, and gets everything when it is back`()
        async throws
    {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 3)
            let clock = ManualClock(ServiceFixture.start)
            let back = ServiceFixture.start + .days(3)
            let sender = ScriptedSender(clock: clock) { _, now in
                .success(OutboundResponse(status: now < back ? 410 : 200, receivedAt: now))
            }
            let dispatcher = try Self.dispatcher(store, sender, clock)
            while clock.now.time < back - .hours(1) {
                _ = try await dispatcher.deliverDue()
                clock.advance(by: .seconds(900))
            }
            // Once, and then once an hour.
            #expect((55...75).contains(sender.sent.count), "\(sender.sent.count)")
            #expect(try await store.deliveries(state: "ready").count == 3)
            let health = try #require(try await store.receiverHealth().values.first)
            #expect(health.pausedAt == ServiceFixture.start && health.failures == sender.sent.count)
            while clock.now.time < back + .hours(2) {
                _ = try await dispatcher.deliverDue()
                clock.advance(by: .seconds(900))
            }
            #expect(try await store.deliveries(state: "delivered").count == 3)
            #expect(try await store.receiverHealth().isEmpty)
            #expect(sender.sent.suffix(3).map { $0.header("webhook-id") } == ["msg_1", "msg_2", "msg_3"])
        }
    }

    @Test func `a person who sends dead deliveries again has a paused receiver tried at once`() async throws {
        try await TestServerPool.with { pool in
            let store = Store(pool: pool)
            try await Self.outbox(store, 1)
            let clock = ManualClock(ServiceFixture.start)
            let back = ServiceFixture.start + .minutes(10)
            let sender = ScriptedSender(clock: clock) { _, now in
                .success(OutboundResponse(status: now < back ? 410 : 200, receivedAt: now))
            }
            let dispatcher = try Self.dispatcher(store, sender, clock)
            #expect(try await dispatcher.deliverDue() == 1)
            clock.advance(by: .seconds(900))
            #expect(try await dispatcher.deliverDue() == 0)
            #expect(try await store.redeliver(receiver: "team", since: nil, at: clock.now.time) == 0)
            #expect(try await dispatcher.deliverDue() == 1)
            #expect(try await store.deliveries(state: "delivered").count == 1)
        }
    }
}
