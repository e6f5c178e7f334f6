import Alerting
import Monitoring
import Postgres
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct OutboxTests {
    private static let now = LogFixture.start

    private static func seconds(_ count: Int64) -> Time {
        Time(microseconds: now.microseconds + count * 1_000_000)
    }

    private static func delivery(_ id: String, stream: String = "s", _ sequence: Int64) -> Delivery {
        Delivery(
            id: id, kind: .notification, destination: Destination(name: "team", channel: "webhook/0"), stream: stream,
            sequence: sequence, payload: [1, 2], createdAt: now, eventTime: now, replayed: false)
    }

    private static func with(
        _ deliveries: [Delivery], _ body: (Store) async throws -> Void
    ) async throws {
        try await LogFixture.with { log in
            let lease = try await log.store.lease("evaluator", holder: "here", seconds: 60)
            var step = EvaluationStep(model: log.model, evaluatedTo: now)
            step.deliveries = deliveries
            if let lease { try await log.store.commit(step, lease: lease, at: now) }
            try await body(log.store)
        }
    }

    private static func settle(_ claimed: ClaimedDelivery, _ settlement: Settlement, in store: Store) async throws
        -> Bool
    {
        let attempt = DeliveryAttempt(
            delivery: claimed.delivery.id, attempt: claimed.attempt, at: now, status: 200, error: nil, excerpt: nil)
        return try await store.settle(claimed, settlement, attempt: attempt, holder: "a", counts: true)
    }

    @Test func `only the oldest of a stream is given out until it is settled`() async throws {
        try await Self.with([Self.delivery("1", 1), Self.delivery("2", 2), Self.delivery("3", stream: "t", 1)]) {
            store in
            let first = try await store.claimDeliveries(
                at: Self.now, most: 10, leaseUntil: Self.seconds(40), holder: "a")
            #expect(Set(first.map(\.delivery.id)) == ["1", "3"])
            let one = try #require(first.first { $0.delivery.id == "1" })
            #expect(try await Self.settle(one, .delivered, in: store))
            let second = try await store.claimDeliveries(
                at: Self.now, most: 10, leaseUntil: Self.seconds(40), holder: "a")
            #expect(second.map(\.delivery.id) == ["2"])
        }
    }

    @Test func `two claimers never get one delivery`() async throws {
        let deliveries = (0..<40).map { Self.delivery("d\($0)", stream: "s\($0)", 1) }
        try await Self.with(deliveries) { store in
            let ids = try await withThrowingTaskGroup(of: [String].self) { group in
                for claimer in 0..<4 {
                    group.addTask {
                        var own: [String] = []
                        while true {
                            let claimed = try await store.claimDeliveries(
                                at: Self.now, most: 3, leaseUntil: Self.seconds(40), holder: "c\(claimer)",
                                mostPerReceiver: 40)
                            if claimed.isEmpty { return own }
                            own += claimed.map(\.delivery.id)
                        }
                    }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(ids.count == 40)
            #expect(Set(ids).count == 40)
        }
    }

    @Test func `a receiver has so many places and takes none of another's`() async throws {
        let flood = (0..<40).map { Self.delivery("a\($0)", stream: "s\($0)", 1) }
        let others = (0..<5).map { index in
            Delivery(
                id: "b\(index)", kind: .notification, destination: Destination(name: "other", channel: "slack/0"),
                stream: "t\(index)", sequence: 1, payload: [1], createdAt: Self.seconds(1), eventTime: Self.now,
                replayed: false)
        }
        try await Self.with(flood + others) { store in
            let claimed = try await store.claimDeliveries(
                at: Self.seconds(2), most: 100, leaseUntil: Self.seconds(40), holder: "a", mostPerReceiver: 16)
            #expect(claimed.count { $0.delivery.destination.name == "team" } == 16)
            #expect(claimed.count { $0.delivery.destination.name == "other" } == 5)
            let again = try await store.claimDeliveries(
                at: Self.seconds(2), most: 100, leaseUntil: Self.seconds(40), holder: "b", mostPerReceiver: 16)
            #expect(again.isEmpty)
        }
    }

    @Test func `headers of a message are stored with it`() async throws {
        let headers = [OutboundHeader("Content-Type", "text/plain; charset=utf-8"), OutboundHeader("ce-id", "a: b")]
        let delivery = Delivery(
            id: "1", kind: .notification, destination: Destination(name: "team", channel: "webhook/0"), stream: "s",
            sequence: 1, payload: [1], headers: headers, createdAt: Self.now, eventTime: Self.now, replayed: false)
        try await Self.with([delivery]) { store in
            let stored = try await store.deliveries(state: nil)
            #expect(stored.map(\.record.delivery.headers) == [headers])
        }
    }

    @Test func `an expired lease is claimed again and the late answer does not count`() async throws {
        try await Self.with([Self.delivery("1", 1)]) { store in
            let first = try await store.claimDeliveries(
                at: Self.now, most: 1, leaseUntil: Self.seconds(40), holder: "a")
            #expect(
                try await store.claimDeliveries(
                    at: Self.seconds(39), most: 1, leaseUntil: Self.seconds(80), holder: "b"
                ).isEmpty)
            let second = try await store.claimDeliveries(
                at: Self.seconds(41), most: 1, leaseUntil: Self.seconds(80), holder: "b")
            #expect(second.map(\.attempt) == [2])
            #expect(try await Self.settle(first[0], .delivered, in: store) == false)
        }
    }

    @Test func `a delivery that is given up is kept, listed and can be sent again with its id`() async throws {
        try await Self.with([Self.delivery("1", 1)]) { store in
            let claimed = try await store.claimDeliveries(
                at: Self.now, most: 1, leaseUntil: Self.seconds(40), holder: "a")
            #expect(try await Self.settle(claimed[0], .dead(reason: "status 400"), in: store))
            #expect(try await store.deliveries(state: "dead").map(\.record.delivery.id) == ["1"])
            #expect(try await store.redeliver("1", at: Self.now))
            let again = try await store.claimDeliveries(
                at: Self.now, most: 1, leaseUntil: Self.seconds(40), holder: "a")
            #expect(again.map(\.delivery.id) == ["1"])
        }
    }

    @Test func `a step of an evaluator that lost its lease writes nothing`() async throws {
        try await LogFixture.with { log in
            let old = try #require(try await log.store.lease("evaluator", holder: "a", seconds: 0))
            _ = try await log.store.lease("evaluator", holder: "b", seconds: 60)
            var step = EvaluationStep(model: log.model, evaluatedTo: Self.now)
            step.deliveries = [Self.delivery("1", 1)]
            let stale = step
            await #expect(throws: PostgresError.self) { try await log.store.commit(stale, lease: old, at: Self.now) }
            #expect(try await log.count("delivery") == 0)
        }
    }
}
