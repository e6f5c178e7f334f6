#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The Kullback-Leibler divergence of two sets of shares, in natural units.
///
/// Formula: `sum(p ln(p / q))`, p the reference's shares and q the window's, after the zero policy (Kullback and Leibler
/// 1951), as `scipy.stats.entropy(p, q)`; reversed with p and q exchanged. The two add up to the population stability
/// index. Policies that do not renormalise can make it slightly negative, which is answered as 0. Smallest sound sample:
/// about five values a bin. O(bins).
package enum KullbackLeibler {
    /// The divergence of the window from the reference, or with `isReversed` of the reference from the window.
    ///
    /// Nil if a side is empty, or under `ZeroPolicy.none` where a share is divided by zero.
    package static func value(
        of counts: PairedCounts, zeroPolicy: ZeroPolicy, isReversed: Bool = false
    ) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        var sum = 0.0
        for bin in counts.reference.indices {
            let (p, q) = counts.shares(at: bin, zeroPolicy: zeroPolicy)
            let (from, to) = isReversed ? (q, p) : (p, q)
            guard from > 0 else { continue }
            guard to > 0 else { return nil }
            sum += from * log(from / to)
        }
        return max(sum, 0)
    }
}
