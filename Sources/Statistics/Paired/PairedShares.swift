/// How far two shares of the same rows are apart: of one classifier's right answers and of another's.
///
/// Formula: `(only second - only first) / rows`, by weight, with the interval of Agresti and Min (2005) over effective rows: one half
/// is added to each of the four counts, then Wald's interval is taken. Sound from about ten effective rows on. O(1).
package struct PairedShares: Hashable, Sendable {
    /// How many rows both judged.
    package let count: Int
    /// The second's share minus the first's.
    package let difference: Double
    /// The interval of the difference at level 0.95.
    package let interval: Interval?

    /// Nil without rows.
    package init?(_ rows: PairedRows) {
        let all = rows.all.effective
        guard rows.all.count > 0, all > 0 else { return nil }
        count = rows.all.count
        // All three in the unit of all rows: what one weight is worth.
        let unit = all / rows.all.weight
        difference = (rows.onlySecond.weight - rows.onlyFirst.weight) / rows.all.weight
        let (first, second, total) = (rows.onlyFirst.weight * unit + 0.5, rows.onlySecond.weight * unit + 0.5, all + 2)
        let middle = (second - first) / total
        let variance = (first + second - (second - first) * (second - first) / total) / (total * total)
        interval = Interval.normal(middle, variance: variance)?.limited(to: -1...1, around: difference)
    }
}
