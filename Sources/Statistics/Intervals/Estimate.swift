/// A value with its confidence interval.
package struct Estimate: Hashable, Sendable {
    /// The value.
    package let value: Double
    /// Its interval at level 0.95; nil where there are too few rows to tell.
    package let interval: Interval?

    /// A value; nil where it is no finite number.
    package init?(_ value: Double, _ interval: Interval?) {
        guard value.isFinite else { return nil }
        self.value = value
        self.interval = interval
    }

    /// A share of effective rows with Wilson's interval; nil without rows.
    package init?(share hits: Double, of count: Double) {
        guard count > 0 else { return nil }
        self.init(hits / count, Interval.share(hits: hits, of: count))
    }

    /// A mean of estimates that may depend on each other in any way, by weights that sum up to 1.
    ///
    /// Its standard error is at most the mean of theirs, which it is where they err together, and so the ends of its interval are
    /// the means of their ends; nil for none.
    init?(mean parts: [Estimate], weights: [Double]) {
        guard !parts.isEmpty else { return nil }
        let weighted = { (value: (Estimate) -> Double) in
            zip(parts, weights).reduce(0) { $0 + $1.1 * value($1.0) }
        }
        let value = weighted(\.value)
        let hasInterval = parts.allSatisfy { $0.interval != nil }
        let interval = Interval(
            low: weighted { $0.interval?.low ?? 0 }, high: weighted { $0.interval?.high ?? 0 })
        // Rounding must not leave the value outside.
        self.init(value, hasInterval ? interval?.limited(to: -.infinity ... .infinity, around: value) : nil)
    }

    /// The estimate of `1 - x`.
    var complement: Estimate? { Estimate(1 - value, interval?.reflected()) }
}
