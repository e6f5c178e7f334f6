import Synchronization

/// How many deliveries a process has on their way, and when it last counted what waits.
final class DeliveryLoad: Sendable {
    private let onTheirWay = Atomic(0)
    private let rounds = Atomic(0)

    var count: Int { onTheirWay.load(ordering: .relaxed) }

    /// True at the first and then every 25th question: every 5 s.
    var isTimeToLook: Bool { rounds.wrappingAdd(1, ordering: .relaxed).oldValue % 25 == 0 }

    func begin() { onTheirWay.add(1, ordering: .relaxed) }

    func end() { onTheirWay.subtract(1, ordering: .relaxed) }
}
