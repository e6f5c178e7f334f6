#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The likelihood-ratio test of homogeneity of two sets of counts, the G-test.
///
/// Formula: `2 sum(observed ln(observed / expected))` over the 2 x k table (Wilks 1938; Woolf 1957), as
/// `scipy.stats.chi2_contingency(correction=False, lambda_="log-likelihood")`; categories empty on both sides are left
/// out. With one category the statistic is 0 and the p-value 1. Smallest sound sample: expected counts of five.
/// O(categories).
package struct GTest: Hashable, Sendable {
    package let statistic: Double
    /// The probability of a statistic at least as large without drift.
    package let pValue: Double
    package let degreesOfFreedom: Int

    /// Nil if a side is empty; `sizes` are the effective ones of weighted rows, to which the counts are scaled.
    package init?(_ counts: PairedCounts, sizes: SampleSizes? = nil) {
        let sizes = sizes ?? counts.sizes
        guard !counts.hasEmptySide, sizes.areUsable else { return nil }
        let (n, m) = (sizes.reference, sizes.window)
        var sum = 0.0
        var categories = 0
        for bin in counts.reference.indices {
            let p = Double(counts.reference[bin]) / Double(counts.referenceTotal)
            let q = Double(counts.window[bin]) / Double(counts.windowTotal)
            guard p > 0 || q > 0 else { continue }
            categories += 1
            // With d = q - p, p over the pooled share is 1 - d w / pooled, which keeps small differences.
            let difference = -counts.difference(at: bin).real / counts.denominator
            let pooled = (n * p + m * q) / (n + m)
            if p > 0 { sum += n * p * log1p(-difference * m / (n + m) / pooled) }
            if q > 0 { sum += m * q * log1p(difference * n / (n + m) / pooled) }
        }
        statistic = max(2 * sum, 0)
        degreesOfFreedom = categories - 1
        pValue =
            degreesOfFreedom == 0 ? 1 : ChiSquaredDistribution.survival(statistic, degreesOfFreedom: degreesOfFreedom)
    }
}
