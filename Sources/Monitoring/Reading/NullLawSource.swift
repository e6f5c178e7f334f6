package import Statistics

/// Where simulated laws come from: they take milliseconds to make, so that whoever reads many windows keeps them.
package protocol NullLawSource: Sendable {
    /// The laws of a key, made by `SimulatedLaws(key)` now or before.
    func laws(for key: NullLawKey) -> SimulatedLaws
}

/// Simulates anew every time.
package struct FreshNullLaws: NullLawSource {
    /// Keeps nothing.
    package init() {}

    package func laws(for key: NullLawKey) -> SimulatedLaws { SimulatedLaws(key) }
}
