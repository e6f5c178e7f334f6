#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The population stability index of two sets of shares.
///
/// Formula: `sum((q - p) * ln(q / p))`, p the reference's shares and q the window's, after the zero policy: the symmetric
/// Kullback-Leibler divergence (Jeffreys 1946; as an index: Siddiqi, Credit Risk Scorecards, 2006). Without drift it is
/// about `(1/n + 1/m)` times a chi-squared variable of bins - 1 degrees of freedom, so that no fixed threshold suits
/// every sample size. Smallest sound sample: about five values a bin. O(bins).
package enum PopulationStability {
    /// The index; nil if a side is empty, or under `ZeroPolicy.none` if a bin is empty on one side only.
    package static func value(of counts: PairedCounts, zeroPolicy: ZeroPolicy) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        var sum = 0.0
        for bin in counts.reference.indices {
            let (p, q) = counts.shares(at: bin, zeroPolicy: zeroPolicy)
            if p == 0, q == 0 { continue }
            guard p > 0, q > 0 else { return nil }
            sum += (q - p) * log(q / p)
        }
        return max(sum, 0)
    }
}
