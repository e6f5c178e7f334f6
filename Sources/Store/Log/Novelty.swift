import Synchronization

/// Whether the ids of the next group can be expected to be new, after what the last ones were.
final class Novelty: Sendable {
    /// How many groups without a known id follow one with some before new ids are expected again.
    private static let patience = 8

    private let doubt = Mutex(0)

    /// Whether no id was known lately.
    var isExpected: Bool { doubt.withLock { $0 == 0 } }

    /// A group had so many ids that were known already.
    func note(known: Int) {
        doubt.withLock { $0 = known > 0 ? Self.patience : max($0 - 1, 0) }
    }
}
