/// How far apart the groups are in one rate: the widest difference, the lowest ratio, and a test over all groups.
///
/// Formulas: difference `max - min` and ratio `min / max` over the groups that have enough rows (demographic parity: Dwork
/// et al. 2012; equal opportunity and equalised odds: Hardt, Price and Srebro 2016; as `fairlearn.metrics` takes them).
/// With a reference group the difference is that of the group farthest from it, that group minus the reference group.
/// The interval is Newcombe's hybrid score interval (1998, method 10) of these two groups by themselves; because they
/// were picked for being far apart, `pValue` is the test to go by: Pearson's chi-squared test that all groups have one rate.
/// Rows go by weight. Smallest sound sample: `smallest` effective rows a group, and expected counts of five for the test. O(groups).
package struct FairnessGap: Hashable, Sendable {
    /// What is compared.
    package let rate: FairnessRate
    /// The group with the higher rate; with a reference group the one farthest from it.
    package let high: ByteText
    /// The group with the lower rate; with a reference group that group.
    package let low: ByteText
    /// The rate of `high` minus that of `low`.
    package let difference: Double
    /// The interval of the difference at level 0.95.
    package let interval: Interval?
    /// The lower by the higher rate, 0 to 1; nil if both are 0.
    package let ratio: Double?
    /// How likely groups are at least as unlike where all have one rate; nil where all rates are 0 or all are 1.
    package let pValue: Double?

    /// A group of enough rows.
    private struct Member {
        let name: ByteText
        let rows: WeightedShare
        let share: Double
    }

    /// Compares groups; nil if fewer than two have enough rows, or if the reference group has not.
    ///
    /// - Parameters:
    ///   - rate: what is compared.
    ///   - groups: the groups by name; the order does not matter.
    ///   - smallest: how many effective rows the denominator of a rate needs, at least 1.
    ///   - reference: the group that others are compared with; nil compares the two extremes.
    package init?(
        _ rate: FairnessRate, groups: [ByteText: GroupOutcomes], smallest: Int, reference: ByteText? = nil
    ) {
        let members = groups.compactMap { name, outcomes -> Member? in
            let rows = outcomes.share(rate)
            guard rows.effectiveCount >= Double(max(smallest, 1)), let share = rows.value else { return nil }
            return Member(name: name, rows: rows, share: share)
        }.sorted { $0.name < $1.name }
        guard members.count >= 2 else { return nil }
        let pair: (high: Member, low: Member)
        if let reference {
            guard let base = members.first(where: { $0.name == reference }) else { return nil }
            let others = members.filter { $0.name != reference }
            guard let farthest = others.max(by: { abs($0.share - base.share) < abs($1.share - base.share) }) else {
                return nil
            }
            pair = (farthest, base)
        } else {
            guard let high = members.max(by: { $0.share < $1.share }),
                let low = members.min(by: { $0.share < $1.share })
            else { return nil }
            pair = (high, low)
        }
        self.rate = rate
        (high, low) = (pair.high.name, pair.low.name)
        difference = pair.high.share - pair.low.share
        interval = Interval.difference(pair.high.rows, minus: pair.low.rows)
        let most = max(pair.high.share, pair.low.share)
        ratio = most > 0 ? min(pair.high.share, pair.low.share) / most : nil
        pValue = Homogeneity.pValue(members.map(\.rows))
    }
}
