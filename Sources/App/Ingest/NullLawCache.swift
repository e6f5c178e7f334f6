import Monitoring
import Statistics
import Synchronization

/// Keeps simulated laws for all models of the process.
///
/// A law follows from its key alone, so that models share them and nothing is ever outdated. At most two generations of
/// ``generation`` entries are kept, some tens of kilobytes each; what was not asked for during a whole generation goes.
final class NullLawCache: NullLawSource {
    /// The one of this process.
    static let shared = NullLawCache()

    private static let generation = 500

    private struct Content {
        var young: [NullLawKey: SimulatedLaws] = [:]
        var old: [NullLawKey: SimulatedLaws] = [:]
    }

    private let content = Mutex(Content())

    /// Two readers may simulate one law at once; both get the same, and the lock is never held meanwhile.
    func laws(for key: NullLawKey) -> SimulatedLaws {
        let known = content.withLock { content -> SimulatedLaws? in
            if let laws = content.young[key] { return laws }
            guard let laws = content.old[key] else { return nil }
            Self.keep(laws, for: key, in: &content)
            return laws
        }
        if let known { return known }
        let laws = SimulatedLaws(key)
        content.withLock { Self.keep(laws, for: key, in: &$0) }
        return laws
    }

    private static func keep(_ laws: SimulatedLaws, for key: NullLawKey, in content: inout Content) {
        if content.young.count >= generation {
            content.old = content.young
            content.young = [:]
        }
        content.young[key] = laws
    }
}
