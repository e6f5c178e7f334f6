#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Whether a share of a window's rows differs from that of the reference: a test of two proportions.
///
/// While the table is small, Fisher's exact law with the mid-p value (Fisher 1935; Lancaster 1961): the probability of all
/// tables that are less likely than this one, and half of that of those which are as likely. Its false-alarm rate is at the stated level on average over the
/// attainable ones, where the exact p-value is well below it and the pooled z-test far from it at small counts. Once the
/// hypergeometric variance passes 1,000, Pearson's score test without correction, which then agrees. Smallest sound
/// sample: one row on each side; few rows have few attainable levels, and then no threshold.
package enum ShareTest {
    /// What counts as a difference.
    package enum Alternative: Hashable, Sendable {
        /// A share above or below that of the reference.
        case different
        /// Only a share above that of the reference.
        case greater
    }

    /// The shares of a window beyond which a difference is significant; nil on a side where no share is.
    package struct Critical: Hashable, Sendable {
        /// The least share that is not significantly low.
        package let low: Double?
        /// The greatest share that is not significantly high.
        package let high: Double?

        /// Two shares, each nil where none is significant.
        package init(low: Double?, high: Double?) {
            self.low = low
            self.high = high
        }
    }

    /// Above this hypergeometric variance the score test takes over.
    static let exactVariance = 1000.0

    /// The probability of a difference at least as great without any change; nil if a side has no rows.
    ///
    /// Exact form: about eight standard deviations of terms, at most 250. The same shares give 1 at most.
    package static func pValue(
        reference: RowShare, window: RowShare, alternative: Alternative = .different
    ) -> Double? {
        let (all, overflow) = reference.whole.addingReportingOverflow(window.whole)
        guard reference.whole > 0, window.whole > 0, !overflow else { return nil }
        let law = HypergeometricTail(all: all, marked: reference.part + window.part, drawn: window.whole)
        guard law.variance > exactVariance else {
            return alternative == .greater ? law.upperMid(window.part) : law.twoSidedMid(window.part)
        }
        let deviation = Double(window.part) - law.mean
        // The score statistic has N where the exact variance has N - 1.
        let z = deviation / (law.variance * (1 - 1 / Double(all))).squareRoot()
        return alternative == .greater ? 0.5 * erfc(z / 2.0.squareRoot()) : erfc(z.magnitude / 2.0.squareRoot())
    }

    /// Beyond which shares of a window of so many rows the difference is significant at a level.
    ///
    /// - Complexity: O(log rows) tests, mostly fewer than ten on each side.
    package static func critical(
        reference: RowShare, rows: Int, level: Double, alternative: Alternative = .different
    ) -> Critical? {
        guard let share = reference.value, rows > 0, level > 0, level < 1 else { return nil }
        let isSignificant = { (part: Int) in
            (pValue(reference: reference, window: RowShare(part, of: rows), alternative: alternative) ?? 1) <= level
        }
        let centre = share * Double(rows)
        // How far the score test would let it go, as a first guess.
        let spread = max(1, 3 * (centre * (1 - share) * (1 + Double(rows) / Double(reference.whole))).squareRoot())
        let up = firstSignificant(from: Int(centre.rounded(.down)) + 1, step: Int(spread.rounded(.up)), limit: rows) {
            isSignificant($0)
        }
        let high = up.map { Double($0 - 1) / Double(rows) }
        guard alternative == .different else { return Critical(low: nil, high: high) }
        let down = firstSignificant(
            from: rows - Int(centre.rounded(.up)) + 1, step: Int(spread.rounded(.up)), limit: rows
        ) {
            isSignificant(rows - $0)
        }
        return Critical(low: down.map { Double(rows - $0 + 1) / Double(rows) }, high: high)
    }

    /// The first number from `start` to `limit` that passes a test which all after it pass too: steps that grow, then halves.
    static func firstSignificant(
        from start: Int, step: Int, limit: Int, _ passes: (Int) -> Bool
    ) -> Int? {
        guard start <= limit, passes(limit) else { return nil }
        var (low, high, step) = (start, start, max(step, 1))
        while high < limit, !passes(high) {
            low = high + 1
            high = min(limit, high + min(step, limit - high))
            step = step > limit / 2 ? limit : 2 * step
        }
        while low < high {
            let middle = low + (high - low) / 2
            if passes(middle) { high = middle } else { low = middle + 1 }
        }
        return high
    }
}
