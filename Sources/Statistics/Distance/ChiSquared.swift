/// Pearson's chi-squared test of homogeneity of two sets of counts.
///
/// Formula: `sum((observed - expected)^2 / expected)` over the 2 x k table (Pearson 1900), as
/// `scipy.stats.chi2_contingency(correction=False)`; categories empty on both sides are left out. With one category
/// the statistic is 0 and the p-value 1. Smallest sound sample: expected counts of five. O(categories).
package struct ChiSquared: Hashable, Sendable {
    package let statistic: Double
    /// The probability of a statistic at least as large without drift.
    package let pValue: Double
    package let degreesOfFreedom: Int

    /// Nil if a side is empty; `sizes` are the effective ones of weighted rows, to which the counts are scaled.
    package init?(_ counts: PairedCounts, sizes: SampleSizes? = nil) {
        guard !counts.hasEmptySide, sizes?.areUsable != false else { return nil }
        var sum = 0.0
        var categories = 0
        for bin in counts.reference.indices {
            let total = counts.reference[bin] &+ counts.window[bin]
            guard total > 0 else { continue }
            categories += 1
            let difference = counts.difference(at: bin).real
            if let sizes {
                let step = difference / counts.denominator
                let p = Double(counts.reference[bin]) / Double(counts.referenceTotal)
                let q = Double(counts.window[bin]) / Double(counts.windowTotal)
                sum += step * step / (p / sizes.window + q / sizes.reference)
            } else {
                sum += difference / counts.denominator * difference / Double(total)
            }
        }
        statistic = sizes == nil ? sum / Double(counts.unit) : sum
        degreesOfFreedom = categories - 1
        pValue =
            degreesOfFreedom == 0
            ? 1 : ChiSquaredDistribution.survival(statistic, degreesOfFreedom: degreesOfFreedom)
    }
}
