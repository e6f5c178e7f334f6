import Monitoring
package import Statistics
internal import Synchronization

/// Keeps simulated laws, as the service does.
package final class KeptLaws: NullLawSource {
    private static let most = 100

    private let kept = Mutex<[NullLawKey: SimulatedLaws]>([:])

    /// Nothing kept yet.
    package init() {}

    package func laws(for key: NullLawKey) -> SimulatedLaws {
        if let known = kept.withLock({ $0[key] }) { return known }
        let laws = SimulatedLaws(key)
        kept.withLock { kept in
            if kept.count >= Self.most { kept = [:] }
            kept[key] = laws
        }
        return laws
    }
}
