import Alerting
import App
import HTTPTypes
import Logging
import Monitoring
import Store
import Testing

/// Deliveries that were settled long ago go.
@Suite(.timeLimit(.minutes(3)))
struct DeliveryRetentionTests {
    private static let start = ServiceFixture.start

    /// Deliveries to a team, each settled as it says.
    private static func settle(
        _ service: ServiceFixture, model: Int32, _ count: Int64, from first: Int64, _ settlement: Settlement
    ) async throws {
        let lease = try #require(try await service.store.lease("evaluator", holder: "test", seconds: 600))
        var step = EvaluationStep(model: model, evaluatedTo: start)
        for sequence in first..<first + count {
            step.deliveries.append(
                Delivery(
                    id: "msg_\(sequence)", kind: .notification,
                    destination: Destination(name: "team", channel: "webhook/0"),
                    stream: "s\(sequence)", sequence: 1, payload: [1], createdAt: start, eventTime: start,
                    replayed: false))
        }
        try await service.store.commit(step, lease: lease, at: start)
        while true {
            let claimed = try await service.store.claimDeliveries(
                at: start, most: 100, leaseUntil: start + .minutes(1), holder: "h", mostPerReceiver: 100)
            if claimed.isEmpty { return }
            for one in claimed {
                let attempt = DeliveryAttempt(
                    delivery: one.delivery.id, attempt: 1, at: start, status: 200, error: nil, excerpt: nil)
                let isSettled = try await service.store.settle(
                    one, settlement, attempt: attempt, holder: "h", counts: true)
                #expect(isSettled)
            }
        }
    }

    private static func counts(_ service: ServiceFixture) async throws -> [String: Int] {
        Dictionary(grouping: try await service.store.deliveries(state: nil, most: 10_000), by: \.record.state)
            .mapValues(
                \.count)
    }

    @Test func `deliveries go when they are old, dead ones later, and none before labels can no longer correct them`()
        async throws
    {
        try await ServiceFixture.with { service in
            let answer = try await service.call(
                .put, "/v1/models/m",
                #"{"task":"none","features":{"x":{"type":"numeric"}},"label_horizon":"40d","windows":[{"length":"1h","step":"1h"}]}"#
            )
            #expect(answer.status == 201)
            let model = try #require(await service.models.model(named: "m"))
            try await Self.settle(service, model: model.id, 30, from: 1, .delivered)
            try await Self.settle(service, model: model.id, 3, from: 5000, .dead(reason: "status 400"))
            let future = Self.start + .days(1000)
            #expect(
                try await service.store.removeDeliveries(
                    model: model.id + 1, deliveredBefore: future, deadBefore: future) == 0)
            let sweeper = Retention(
                store: service.store, models: service.models,
                deliveries: DeliveryAge(delivered: .days(30), dead: .days(90)),
                now: { service.time.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            for (days, expected) in [
                (Int64(35), ["delivered": 30, "dead": 3]), (41, ["dead": 3]), (89, ["dead": 3]), (91, [:]),
            ] {
                service.time.set(Self.start + .days(days))
                try await sweeper.sweep()
                #expect(try await Self.counts(service) == expected, "after \(days) days")
            }
            #expect(try await DaysOfRows.count("delivery_attempt", service.pool) == 0)
        }
    }

    @Test func `so many go at a time, the oldest first`() async throws {
        try await ServiceFixture.with { service in
            try await Self.settle(service, model: 0, 10, from: 1, .delivered)
            let future = Self.start + .days(1000)
            var removed: [Int] = []
            for _ in 0..<4 {
                removed.append(
                    try await service.store.removeDeliveries(
                        model: 0, deliveredBefore: future, deadBefore: Self.start, most: 4))
            }
            #expect(removed == [4, 4, 2, 0])
        }
    }

    @Test func `what waits and what an Alertmanager is told again stays, however old`() async throws {
        try await ServiceFixture.with { service in
            let lease = try #require(try await service.store.lease("evaluator", holder: "test", seconds: 600))
            var step = EvaluationStep(model: 0, evaluatedTo: Self.start)
            for (index, stream) in ["told", "waits"].enumerated() {
                step.deliveries.append(
                    Delivery(
                        id: "msg_\(stream)", kind: .notification,
                        destination: Destination(name: "team", channel: "alertmanager/\(index)"), stream: stream,
                        sequence: 1,
                        payload: [1], createdAt: Self.start, eventTime: Self.start, replayed: false))
            }
            try await service.store.commit(step, lease: lease, at: Self.start)
            let claimed = try await service.store.claimDeliveries(
                at: Self.start, most: 9, leaseUntil: Self.start + .minutes(1), holder: "h")
            for one in claimed {
                let attempt = DeliveryAttempt(
                    delivery: one.delivery.id, attempt: 1, at: Self.start, status: 200, error: nil, excerpt: nil)
                let isTold = one.delivery.stream == "told"
                _ = try await service.store.settle(
                    one, isTold ? .delivered : .waiting(until: Self.start + .minutes(5)), attempt: attempt, holder: "h",
                    counts: true, refreshAt: isTold ? Self.start + .minutes(1) : nil)
            }
            service.time.set(Self.start + .days(1000))
            try await Retention(
                store: service.store, models: service.models, now: { service.time.now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ).sweep()
            #expect(try await Self.counts(service) == ["delivered": 1, "ready": 1])
        }
    }
}
