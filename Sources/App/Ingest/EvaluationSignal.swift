import Synchronization

/// Tells, without waiting for the owner of a model's windows, whether anybody has to look at it.
///
/// A reader keeps the count that it saw before it looked; while that stays, there is nothing new.
final class EvaluationSignal: Sendable {
    private let raised = Atomic<UInt64>(0)
    private let moves = Atomic<UInt64>(0)
    private let live = Atomic(false)

    /// How often something came that rules may depend on.
    var count: UInt64 { raised.load(ordering: .acquiring) }

    /// How often the watermark moved.
    var moved: UInt64 { moves.load(ordering: .acquiring) }

    /// Whether the watermark follows the wall clock.
    var isLive: Bool { live.load(ordering: .acquiring) }

    /// Something came that rules may depend on.
    func raise() { raised.wrappingAdd(1, ordering: .releasing) }

    /// The watermark moved.
    func move(isLive: Bool) {
        live.store(isLive, ordering: .releasing)
        moves.wrappingAdd(1, ordering: .releasing)
    }
}
