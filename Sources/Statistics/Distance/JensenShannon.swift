#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The Jensen-Shannon distance of two sets of shares, with logarithms to base 2.
///
/// Formula: the root of `sum(p log2(p / m) + q log2(q / m)) / 2` with `m = (p + q) / 2` (Lin 1991; the root is a metric:
/// Endres and Schindelin 2003), as `scipy.spatial.distance.jensenshannon(p, q, base=2)`. From 0 to 1. Smallest sound
/// sample: about five values a bin. O(bins).
package enum JensenShannon {
    /// How the measure is called for numeric columns, with bins closed in a way.
    package static func method(_ closing: BinClosing) -> String { "\(closing.rawValue)/base2" }

    /// The distance; nil if a side is empty.
    package static func distance(of counts: PairedCounts) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        var sum = 0.0
        for bin in counts.reference.indices {
            let total = counts.sum(at: bin).real
            guard total > 0 else { continue }
            sum += total * divergence(counts.difference(at: bin).real / total)
        }
        return (sum / (4 * log(2) * counts.denominator)).squareRoot()
    }

    /// `(1 + x) ln(1 + x) + (1 - x) ln(1 - x)` for x from -1 to 1, without cancellation near 0: what a bin adds whose shares
    /// are `1 + x` and `1 - x` times their mean.
    private static func divergence(_ x: Double) -> Double {
        let square = x * x
        guard square > 1e-4 else {
            return square * (1 + square * (1.0 / 6 + square * (1.0 / 15 + square * (1.0 / 28 + square / 45))))
        }
        guard square < 1 else { return 2 * log(2) }
        return (1 + x) * log1p(x) + (1 - x) * log1p(-x)
    }
}
