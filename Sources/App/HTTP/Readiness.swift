import Synchronization

/// Whether the service is ready, and why not.
package final class Readiness: Sendable {
    private let reason = Mutex<String?>("the service is starting")
    private let draining = Atomic(false)
    /// Why an acknowledged row could be lost in a crash, and why when a standby takes over; nil for nothing.
    private let durability = Mutex<(shortcoming: String?, reservation: String?)>((nil, nil))
    /// When the database answered last; nil while nobody listens for it.
    private let heardAt = Mutex<ContinuousClock.Instant?>(nil)

    package init() {}

    /// For how long the database may be silent before requests had better go elsewhere: then the writer slot is not ours either.
    private static let patience = SlotKeeper.lease

    /// Nil when ready.
    package var obstacle: String? {
        if let reason = reason.withLock({ $0 }) ?? durability.withLock({ $0.shortcoming }) { return reason }
        return isSilent ? "the database does not answer" : nil
    }

    /// Whether the database has not answered for as long as the writer slot is ours.
    var isSilent: Bool { heardAt.withLock { $0 }.map { $0.duration(to: .now) > Self.patience } ?? false }

    /// What those who rely on answers should know although the service is ready; nil for nothing.
    package var reservation: String? { durability.withLock { $0.reservation } }

    /// What of the database's settings keeps the service from being ready, and what does not.
    func note(shortcoming: String?, reservation: String?) {
        durability.withLock { $0 = (shortcoming, reservation) }
    }

    /// The database has answered.
    func heard() {
        heardAt.withLock { $0 = .now }
    }

    /// Whether the process is about to end, and asks its clients to go elsewhere.
    package var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Not ready any more, though everything is still answered.
    package func drain() {
        set("the service is about to stop")
        draining.store(true, ordering: .relaxed)
    }

    /// Ready from now on, or not for a reason.
    package func set(_ obstacle: String?) {
        reason.withLock { $0 = obstacle }
    }
}
