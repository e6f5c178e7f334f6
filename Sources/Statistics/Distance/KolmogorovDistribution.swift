#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The distribution of the two-sided one-sample Kolmogorov-Smirnov statistic for n values: the law of finite n.
///
/// Which formula is used where follows Simard and L'Ecuyer, Computing the Two-Sided Kolmogorov-Smirnov Distribution, Journal
/// of Statistical Software 39(11), 2011, as `scipy.stats.kstwo` does. Agrees with it to 1e-6 relative, down to 1e-200.
package enum KolmogorovDistribution {
    /// The probability of a statistic of at least `d`; nil for n < 1.
    ///
    /// At most some 100,000 multiplications for n up to 140, a few hundred terms beyond.
    package static func survival(_ d: Double, count n: Int) -> Double? {
        guard n >= 1, !d.isNaN else { return nil }
        return min(max(unclipped(d, n), 0), 1)
    }

    private static func unclipped(_ d: Double, _ n: Int) -> Double {
        let reach = Double(n) * d
        guard reach > 0.5 else { return 1 }
        guard d < 1 else { return 0 }
        if reach <= 1 { return 1 - smallestReach(reach, n) }
        let spread = reach * d
        // Beyond these the chance that both one-sided statistics are so large no longer shows.
        if d >= 0.5 || spread >= (n <= 140 ? 3 : 2.2) {
            return spread >= 370 && n > 140 ? 0 : 2 * SmirnovTail.survival(d, count: n)
        }
        let isTight = n <= 1000 && Double(n) * d * d.squareRoot() <= 1.4
        if n <= 140 || isTight { return 1 - PoissonBand.probability(reach: reach, count: n) }
        return 1 - PelzGood.probability(d, count: n)
    }

    /// The probability of at most `reach / n` where `reach` is between 1/2 and 1: `n! (2 reach - 1)^n / n^n` (Ruben and
    /// Gambino 1982).
    private static func smallestReach(_ reach: Double, _ n: Int) -> Double {
        let count = Double(n)
        let scale = log(2 * Double.pi * count) / 2 - count + StirlingRemainder.value(count)
        return exp(scale + count * log(2 * reach - 1))
    }
}
