#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The law of the greatest difference of a share among many categories, given what both sides hold together.
///
/// Each category's difference has its own law, that of a draw without replacement, and the greatest of all is taken as that of
/// numbers that do not depend on each other. They do a little: more rows of one category leave fewer for the others, so that the
/// law errs towards silence, by a noticeable part only where two categories hold nearly all rows.
package struct GreatestGap: Hashable, Sendable {
    /// The tail of the categories of one total.
    private struct Tail: Hashable {
        /// How many such categories there are.
        let number: Double
        /// The standard deviation, of totals so large that the law is normal; else 0.
        let spread: Double
        /// How far the window's rows may be from their mean, ascending, and how probable it is to be at least as far.
        let distances: [Double]
        let shares: [Double]

        /// The probability of being at least that far from the mean.
        func share(from distance: Double) -> Double {
            guard spread == 0 else { return min(2 * NormalDistribution.survival(distance / spread), 1) }
            var (low, high) = (0, distances.count)
            while low < high {
                let middle = (low + high) / 2
                if distances[middle] < distance { low = middle + 1 } else { high = middle }
            }
            return low < shares.count ? shares[low] : 0
        }
    }

    private let tails: [Tail]
    /// What one row is in the difference of the shares.
    private let row: Double

    /// Room for the last bits of a difference.
    private static let slack = 1e-9

    init(_ cells: [ExchangedCell], of sizes: SampleSizes) {
        row = 1 / sizes.harmonic
        tails = cells.map { cell in
            guard !cell.split.isNormal else {
                return Tail(number: cell.number, spread: cell.split.spread, distances: [], shares: [])
            }
            let points = cell.split.points.map { ($0.excess.magnitude, $0.probability) }.sorted { $0.0 < $1.0 }
            var rest = 0.0
            let shares = points.reversed().map { point in
                rest += point.1
                return rest
            }
            return Tail(number: cell.number, spread: 0, distances: points.map(\.0), shares: shares.reversed())
        }
    }

    /// The probability of a difference at least as great. O(totals log points).
    func survival(_ value: Double) -> Double {
        let distance = value / row * (1 - Self.slack)
        var none = 0.0
        for tail in tails { none += tail.number * log1p(-min(tail.share(from: distance), 1)) }
        return -expm1(none)
    }

    /// What is exceeded with a probability of at most `level`; nil where nothing below 1 is.
    func critical(at level: Double) -> Double? {
        guard survival(1) <= level else { return nil }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if survival(middle) <= level { high = middle } else { low = middle }
        }
        // The least difference that rare enough ones are above: differences of rows come in steps.
        return high < 1 ? low * (1 + 4 * Self.slack) : nil
    }
}
