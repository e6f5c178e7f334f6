/// What `ZeroPolicy.half` adds to every count of each side, in the unit of the counts.
package struct HalfRows: Hashable, Sendable {
    package let reference: Double
    package let window: Double

    /// Half of a row that counts so much on both sides.
    package init(of row: Double = 1) {
        (reference, window) = (0.5 * row, 0.5 * row)
    }

    /// What half a row of weight 1 is in counts of as many rows as weighted ones are worth: so many for each of weight 1.
    ///
    /// Rounded down to 1/64, so that windows of about the same weight share a simulated law; what is added to less makes
    /// distances larger, and so thresholds.
    package init(reference: Double, window: Double) {
        let rounded = { (part: Double) in part >= 0.5 ? 0.5 : max((part * 64).rounded(.down), 1) / 64 }
        (self.reference, self.window) = (rounded(0.5 * reference), rounded(0.5 * window))
    }
}
