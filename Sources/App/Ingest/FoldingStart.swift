import Synchronization

/// The log position up to which a new generation is folded from the log; what comes after is folded as it comes.
final class FoldingStart: Sendable {
    private let state = Atomic<Int64>(0)

    /// Sets it, between two groups.
    func set(_ position: Int64) {
        state.store(position, ordering: .sequentiallyConsistent)
    }

    /// The position.
    var position: Int64 { state.load(ordering: .sequentiallyConsistent) }
}
