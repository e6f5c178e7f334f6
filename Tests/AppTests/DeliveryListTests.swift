import Alerting
import App
import Monitoring
import Store
import Testing

/// Deliveries as people read them while they are sent.
@Suite(.timeLimit(.minutes(3)))
struct DeliveryListTests {
    private static let start = ServiceFixture.start
    private static let count = 60

    /// Attempts every delivery once, one after another.
    private static func deliverAll(_ store: Store) async throws {
        while let one = try await store.claimDeliveries(
            at: start, most: 1, leaseUntil: start + .minutes(1), holder: "h", mostPerReceiver: 1
        ).first {
            let attempt = DeliveryAttempt(
                delivery: one.delivery.id, attempt: 1, at: start, status: 200, error: nil, excerpt: nil)
            #expect(try await store.settle(one, .delivered, attempt: attempt, holder: "h", counts: true))
        }
    }

    @Test func `an attempt and the state that it led to are seen together or not at all`() async throws {
        try await ServiceFixture.with { service in
            let store = service.store
            let lease = try #require(try await store.lease("evaluator", holder: "test", seconds: 600))
            var step = EvaluationStep(model: 0, evaluatedTo: Self.start)
            for sequence in 0..<Self.count {
                step.deliveries.append(
                    Delivery(
                        id: "msg_\(sequence)", kind: .notification,
                        destination: Destination(name: "team", channel: "webhook/0"), stream: "s\(sequence)",
                        sequence: 1, payload: [1], createdAt: Self.start, eventTime: Self.start, replayed: false))
            }
            try await store.commit(step, lease: lease, at: Self.start)
            async let sent: Void = Self.deliverAll(store)
            var delivered = 0
            var readings = 0
            while delivered < Self.count {
                let deliveries = try await store.deliveries(state: nil)
                #expect(deliveries.allSatisfy { ($0.record.state == "delivered") == ($0.attempts.count == 1) })
                delivered = deliveries.count { $0.record.state == "delivered" }
                readings += 1
            }
            try await sent
            #expect(readings > 1)
        }
    }
}
