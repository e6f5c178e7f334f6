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

    /// The estimate of `1 - x`.
    var complement: Estimate? { Estimate(1 - value, interval?.reflected()) }
}
