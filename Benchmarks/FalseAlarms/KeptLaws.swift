import Monitoring
package import Statistics
internal import Synchronization

/// Keeps the simulated laws of one reference, as the service does.
package final class KeptLaws: NullLawSource {
    private let kept = Mutex<[NullLawKey: SimulatedLaws]>([:])

    /// Nothing kept yet.
    package init() {}

    package func laws(for key: NullLawKey) -> SimulatedLaws {
        if let known = kept.withLock({ $0[key] }) { return known }
        let laws = SimulatedLaws(key)
        kept.withLock { $0[key] = laws }
        return laws
    }
}
