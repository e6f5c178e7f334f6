/// How many independent rows the two sides of a comparison are worth: what tests go by where rows carry weights.
///
/// For weights w it is `sum(w)^2 / sum(w^2)` (Kish 1965), the number of rows where all weights are equal. Distances do not
/// depend on it, p-values do.
package struct SampleSizes: Hashable, Sendable {
    /// The effective number of rows of the reference; not negative.
    package let reference: Double
    /// The effective number of rows of the window; not negative.
    package let window: Double

    /// Two effective sizes.
    package init(reference: Double, window: Double) {
        self.reference = reference
        self.window = window
    }

    /// Whether both sides have something to compare.
    var areUsable: Bool { reference > 0 && window > 0 && reference.isFinite && window.isFinite }

    /// Half of the harmonic mean, `n m / (n + m)`: what two-sample statistics are scaled by.
    var harmonic: Double { reference / (reference + window) * window }
}
