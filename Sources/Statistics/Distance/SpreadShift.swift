#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How much wider or narrower the column became, as a ratio of standard deviations, with a test that heavy tails do not fool.
///
/// Formula: `ln(std of window / std of reference)` (ddof 0). The p-value is that of Levene's test about medians (Brown and
/// Forsythe 1974), two-sided, as `scipy.stats.levene(center="median")`, with the cut point next to each side's median in
/// its place: absolute deviations from a cut point follow exactly from counts and sums. Smallest sound sample: about thirty
/// values a side, two for a p-value. O(occupied cells).
package struct SpreadShift: Hashable, Sendable {
    /// The logarithm of the ratio, positive where the window is wider.
    package let logRatio: Double
    /// The probability of a difference at least as large without drift; nil where a median lies beyond all cut points.
    package let pValue: Double?

    /// Nil if a side has no standard deviation or does not vary. `known` is what the reference's deviation was found to be.
    package init?(
        reference: NumericSummary, window: NumericSummary, grid: RankGrid, sizes: SampleSizes? = nil,
        known: AbsoluteDeviation? = nil
    ) {
        guard let std = reference.moments.std, let spread = window.moments.std, std > 0, spread > 0 else { return nil }
        logRatio = log(spread) - log(std)
        let rows = sizes ?? SampleSizes(reference: Double(reference.count), window: Double(window.count))
        pValue = SpreadShift.pValue(
            known ?? AbsoluteDeviation(reference, grid: grid), AbsoluteDeviation(window, grid: grid), rows)
    }

    private static func pValue(
        _ reference: AbsoluteDeviation?, _ window: AbsoluteDeviation?, _ sizes: SampleSizes
    ) -> Double? {
        guard let reference, let window, sizes.areUsable else { return nil }
        let (n, m) = (sizes.reference, sizes.window)
        let degrees = n + m - 2
        guard n > 1, m > 1, degrees > 0 else { return nil }
        // In parts of the larger mean, so that no square overflows.
        let unit = max(reference.mean, window.mean)
        guard unit > 0 else { return nil }
        let pooled = (n * reference.variance(inPartsOf: unit) + m * window.variance(inPartsOf: unit)) / degrees
        guard pooled > 0, pooled.isFinite else { return nil }
        let t = (window.mean / unit - reference.mean / unit) / (pooled * (1 / n + 1 / m)).squareRoot()
        return StudentDistribution.twoSided(t, degreesOfFreedom: degrees)
    }
}
