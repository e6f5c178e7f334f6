#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// McNemar's test: whether two classifiers that judged the same rows are right equally often.
///
/// Only rows on which exactly one of them is right tell anything; without a difference they fall to either side like coins
/// (McNemar 1947). Fewer than 25 such rows: the exact binomial test (`scipy.stats.binomtest`); up to 10,000: its mid-p
/// form, which keeps the level and loses less power (Fagerland, Lydersen and Laake 2013); beyond: chi-squared without
/// correction, one degree of freedom. Smallest sound sample: none for the exact test. O(rows that tell) up to 10,000.
package struct McNemar: Hashable, Sendable {
    /// How the p-value was found.
    package enum Method: String, Hashable, Sendable {
        /// Twice the smaller tail of the binomial law, at most 1.
        case exact
        /// The same with half of the probability of what was seen left out of the tail.
        case midP = "mid-p"
        /// The square of the difference by the sum.
        case chiSquared = "chi2"
    }

    /// How many rows only the first got right.
    package let onlyFirst: Int
    /// How many rows only the second got right.
    package let onlySecond: Int
    /// How the p-value was found.
    package let method: Method
    /// How likely a split at least as uneven is without a difference.
    package let pValue: Double

    private static let exactLimit = 25
    private static let midLimit = 10_000

    /// Tests two counts, neither below 0.
    package init(onlyFirst: Int, onlySecond: Int) {
        precondition(onlyFirst >= 0 && onlySecond >= 0, "rows are counted from 0 on")
        self.onlyFirst = onlyFirst
        self.onlySecond = onlySecond
        let total = onlyFirst &+ onlySecond
        let fewer = min(onlyFirst, onlySecond)
        if total > McNemar.midLimit {
            method = .chiSquared
            let difference = Double(onlyFirst) - Double(onlySecond)
            pValue = ChiSquaredDistribution.survival(difference * difference / Double(total), degreesOfFreedom: 1)
            return
        }
        let (tail, last) = McNemar.lowerTail(fewer, of: total)
        method = total < McNemar.exactLimit ? .exact : .midP
        pValue = min(method == .exact ? 2 * tail : 2 * tail - last, 1)
    }

    /// How likely at most `count` heads of `total` coins are, and exactly so many. O(total).
    private static func lowerTail(_ count: Int, of total: Int) -> (tail: Double, last: Double) {
        var logTerm = -Double(total) * log(2.0)
        for head in 0..<count { logTerm += log(Double(total - head) / Double(head + 1)) }
        let last = exp(logTerm)
        var (term, tail) = (last, last)
        for head in stride(from: count, to: 0, by: -1) {
            term *= Double(head) / Double(total - head + 1)
            tail += term
        }
        return (tail, last)
    }
}
