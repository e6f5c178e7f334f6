/// How far two shares of the same rows are apart: of one classifier's right answers and of another's.
///
/// Formula: `(only second - only first) / rows`, with the interval of Agresti and Min (2005): one half is added to each of
/// the four counts, then Wald's interval is taken. Sound from about ten rows on. O(1).
package struct PairedShares: Hashable, Sendable {
    /// How many rows both judged.
    package let count: Int
    /// The second's share minus the first's.
    package let difference: Double
    /// The interval of the difference at level 0.95.
    package let interval: Interval?

    /// Nil without rows.
    package init?(onlyFirst: Int, onlySecond: Int, count: Int) {
        guard count > 0, onlyFirst >= 0, onlySecond >= 0, onlyFirst <= count - onlySecond else { return nil }
        self.count = count
        difference = (Double(onlySecond) - Double(onlyFirst)) / Double(count)
        let (first, second, total) = (Double(onlyFirst) + 0.5, Double(onlySecond) + 0.5, Double(count) + 2)
        let middle = (second - first) / total
        let variance = (first + second - (second - first) * (second - first) / total) / (total * total)
        interval = Interval.normal(middle, variance: variance)?.limited(to: -1...1, around: difference)
    }
}
