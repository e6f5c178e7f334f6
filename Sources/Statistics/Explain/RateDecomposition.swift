/// Why a share of hits, such as an accuracy, differs between two sets of rows: another mix of groups, or other behaviour
/// within them.
///
/// Formula, over groups with shares w and v of the rows and rates r and q (Kitagawa 1955; Oaxaca 1973 with equal weights):
/// `mix = (v - w)((r + q) / 2 - mean)`, `behaviour = (v + w)(q - r) / 2`. The mean is that of both overall rates; it
/// changes no sum and makes a group's mix its own. The parts add up to the difference. A group without rows on one side
/// is all mix. Smallest sound sample: thirty rows a side. O(groups).
package struct RateDecomposition: Hashable, Sendable {
    /// Hits among the rows of one group on both sides.
    package struct Group: Hashable, Sendable {
        package let name: ByteText
        package let beforeHits: Int
        package let beforeCount: Int
        package let afterHits: Int
        package let afterCount: Int

        package init(name: ByteText, before: (hits: Int, count: Int), after: (hits: Int, count: Int)) {
            self.name = name
            (beforeHits, beforeCount) = before
            (afterHits, afterCount) = after
        }
    }

    /// What one group adds to the difference.
    package struct Part: Hashable, Sendable {
        package let group: Group
        /// What follows from the group's share of the rows.
        package let mix: Double
        /// What follows from the group's own rate.
        package let behaviour: Double
        /// The interval of `behaviour` at level 0.95; nil without rows on one side.
        package let behaviourInterval: Interval?

        /// Mix and behaviour together.
        package var total: Double { mix + behaviour }
    }

    /// The overall rate before.
    package let before: Double
    /// The overall rate after.
    package let after: Double
    /// What each group adds, those that lower the rate most first.
    package let parts: [Part]
    /// What the mix adds.
    package let mix: Double
    /// What behaviour adds.
    package let behaviour: Double
    /// The interval of the difference at level 0.95, of independent rows.
    package let interval: Interval?
    /// The interval of `mix` at level 0.95, by the delta method over the groups' shares.
    package let mixInterval: Interval?
    /// The interval of `behaviour` at level 0.95, by the delta method over the groups' rates.
    package let behaviourInterval: Interval?

    /// The rate after minus the rate before.
    package var difference: Double { after - before }

    /// Nil if a side has no rows, or a count is not sound.
    package init?(_ groups: [Group]) {
        let isSound = groups.allSatisfy {
            $0.beforeHits >= 0 && $0.afterHits >= 0 && $0.beforeHits <= $0.beforeCount && $0.afterHits <= $0.afterCount
        }
        let total = groups.reduce(into: (before: 0, after: 0, beforeHits: 0, afterHits: 0)) { sum, group in
            sum.before &+= group.beforeCount
            sum.after &+= group.afterCount
            sum.beforeHits &+= group.beforeHits
            sum.afterHits &+= group.afterHits
        }
        guard isSound, total.before > 0, total.after > 0 else { return nil }
        let (n, m) = (Double(total.before), Double(total.after))
        let (before, after) = (Double(total.beforeHits) / n, Double(total.afterHits) / m)
        let centre = (before + after) / 2
        let terms = groups.filter { $0.beforeCount > 0 || $0.afterCount > 0 }.map { group in
            GroupTerm(group, before: n, after: m, centre: centre)
        }
        (self.before, self.after) = (before, after)
        parts = terms.map(\.part).sorted { left, right in
            left.total == right.total ? left.group.name < right.group.name : left.total < right.total
        }
        mix = parts.reduce(0) { $0 + $1.mix }
        behaviour = parts.reduce(0) { $0 + $1.behaviour }
        interval = Interval.difference(
            shares: (total.afterHits, total.after), minus: (total.beforeHits, total.before))
        behaviourInterval = Interval.normal(behaviour, variance: terms.reduce(0) { $0 + $1.behaviourVariance })
        mixInterval = Interval.normal(
            mix,
            variance: GroupTerm.spread(terms, \.afterShare) / m + GroupTerm.spread(terms, \.beforeShare) / n)
    }

    /// One group's part with what the intervals need.
    private struct GroupTerm {
        let part: Part
        let beforeShare: Double
        let afterShare: Double
        /// The mean of both rates, relative to the overall mean.
        let level: Double
        let behaviourVariance: Double

        init(_ group: Group, before n: Double, after m: Double, centre: Double) {
            (beforeShare, afterShare) = (Double(group.beforeCount) / n, Double(group.afterCount) / m)
            let before = group.beforeCount > 0 ? Double(group.beforeHits) / Double(group.beforeCount) : nil
            let after = group.afterCount > 0 ? Double(group.afterHits) / Double(group.afterCount) : nil
            let (r, q) = (before ?? after ?? centre, after ?? before ?? centre)
            level = (r + q) / 2 - centre
            let weight = (afterShare + beforeShare) / 2
            let behaviour = weight * (q - r)
            let rates = Interval.difference(
                shares: (group.afterHits, group.afterCount), minus: (group.beforeHits, group.beforeCount))
            behaviourVariance =
                before == nil || after == nil
                ? 0
                : weight * weight
                    * (GroupTerm.variance(group.beforeHits, group.beforeCount)
                        + GroupTerm.variance(group.afterHits, group.afterCount))
            part = Part(
                group: group, mix: (afterShare - beforeShare) * level, behaviour: behaviour,
                behaviourInterval: rates.flatMap { Interval(low: weight * $0.low, high: weight * $0.high) })
        }

        /// The variance of a share, with one hit and one miss added so that few rows do not pass for certain
        /// (Agresti and Caffo 2000).
        private static func variance(_ hits: Int, _ count: Int) -> Double {
            let share = (Double(hits) + 1) / (Double(count) + 2)
            return share * (1 - share) / (Double(count) + 2)
        }

        /// The variance of the groups' levels over the rows of one side.
        static func spread(_ terms: [GroupTerm], _ share: KeyPath<GroupTerm, Double>) -> Double {
            let mean = terms.reduce(0) { $0 + $1[keyPath: share] * $1.level }
            return max(terms.reduce(0) { $0 + $1[keyPath: share] * $1.level * $1.level } - mean * mean, 0)
        }
    }
}
