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
///
/// Rows of unlike weights are no coins of one kind, so no count has an exact law. Their test is the sum of the weights with a sign by
/// its standard error without a difference, `sum(w d) / sqrt(sum(w^2 d^2))`, normal for many rows; with equal weights its square is
/// McNemar's chi-squared. Below 25 effective rows that tell there is no p-value.
package struct McNemar: Hashable, Sendable {
    /// How the p-value was found.
    package enum Method: String, Hashable, Sendable {
        /// Twice the smaller tail of the binomial law, at most 1.
        case exact
        /// The same with half of the probability of what was seen left out of the tail.
        case midP = "mid-p"
        /// The square of the difference by the sum.
        case chiSquared = "chi2"
        /// The normal law of the signed sum of unlike weights.
        case weighted
    }

    /// How many rows only the first got right.
    package let onlyFirst: Int
    /// How many rows only the second got right.
    package let onlySecond: Int
    /// How the p-value was found.
    package let method: Method
    /// How likely a split at least as uneven is without a difference; nil for too few rows of unlike weights.
    package let pValue: Double?

    private static let exactLimit = 25
    private static let midLimit = 10_000

    /// Tests rows that two classifiers judged, by weight where weights are unlike.
    package init(_ rows: PairedRows) {
        var telling = rows.onlyFirst
        telling.add(rows.onlySecond)
        guard !telling.isEven else {
            self.init(onlyFirst: rows.onlyFirst.count, onlySecond: rows.onlySecond.count)
            return
        }
        let z = (rows.onlySecond.weight - rows.onlyFirst.weight) / telling.norm
        self.init(
            onlyFirst: rows.onlyFirst.count, onlySecond: rows.onlySecond.count, method: .weighted,
            pValue: telling.effective < Double(McNemar.exactLimit)
                ? nil : min(2 * NormalDistribution.survival(z.magnitude), 1))
    }

    private init(onlyFirst: Int, onlySecond: Int, method: Method, pValue: Double?) {
        self.onlyFirst = onlyFirst
        self.onlySecond = onlySecond
        self.method = method
        self.pValue = pValue
    }

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
