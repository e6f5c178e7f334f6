/// How far the mean moved, in standard deviations of the reference, with Welch's t-test.
///
/// Formula: `(mean of window - mean of reference) / std of reference` (ddof 0; Glass's delta, 1976); the p-value is two-sided
/// with unequal variances and Satterthwaite's degrees of freedom (Welch 1947), as
/// `scipy.stats.ttest_ind(equal_var=False)`. Signed, no bounds. Smallest sound sample: about thirty values a side, two for
/// a p-value. O(1) from exact sums.
package struct MeanShift: Hashable, Sendable {
    /// The shift in standard deviations of the reference, positive upwards.
    package let shift: Double
    /// The probability of a shift at least as large without drift; nil with fewer than two values a side.
    package let pValue: Double?

    /// Nil if a side has no mean or the reference does not vary.
    package init?(reference: Moments, window: Moments, sizes: SampleSizes? = nil) {
        guard let step = window.meanDifference(from: reference), let std = reference.std, let spread = window.std
        else { return nil }
        let shift = step / std
        guard std > 0, shift.isFinite else { return nil }
        self.shift = shift
        let rows = sizes ?? SampleSizes(reference: Double(reference.count), window: Double(window.count))
        let (n, m) = (rows.reference - 1, rows.window - 1)
        let ratio = spread / std
        guard n > 0, m > 0, ratio.isFinite else {
            pValue = nil
            return
        }
        let (first, second) = (1 / n, ratio * ratio / m)
        let total = first + second
        let degrees = total * total / (first * first / n + second * second / m)
        pValue = StudentDistribution.twoSided(shift / total.squareRoot(), degreesOfFreedom: degrees)
    }
}
