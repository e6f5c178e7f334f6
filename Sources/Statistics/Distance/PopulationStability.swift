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
    /// The share that stands for none under `ZeroPolicy.floor`.
    private static let floor = 1e-4

    /// The index; nil if a side is empty, or under `ZeroPolicy.none` if a bin is empty on one side only.
    package static func value(of counts: PairedCounts, zeroPolicy: ZeroPolicy) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        let (n, m) = (Double(counts.referenceTotal), Double(counts.windowTotal))
        let half = 0.5 * Double(counts.unit)
        let all = half * Double(counts.reference.count)
        var sum = 0.0
        for (expected, found) in zip(counts.reference, counts.window) {
            var (p, q) = (Double(expected) / n, Double(found) / m)
            switch zeroPolicy {
            case .half:
                p = (Double(expected) + half) / (n + all)
                q = (Double(found) + half) / (m + all)
            case .floor:
                p = expected == 0 ? floor : p
                q = found == 0 ? floor : q
            case .none:
                if expected == 0, found == 0 { continue }
                guard expected > 0, found > 0 else { return nil }
            }
            sum += (q - p) * log(q / p)
        }
        return max(sum, 0)
    }
}
