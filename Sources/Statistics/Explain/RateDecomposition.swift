/// Why a share of hits, such as an accuracy, differs between two sets of rows: another mix of groups, or other behaviour
/// within them.
///
/// Formula, over groups with shares w and v of the rows and rates r and q (Kitagawa 1955; Oaxaca 1973 with equal weights):
/// `mix = (v - w)((r + q) / 2 - mean)`, `behaviour = (v + w)(q - r) / 2`. The mean is that of both overall rates; it
/// changes no sum and makes a group's mix its own. The parts add up to the difference. A group without rows on one side
/// is all mix. Rows go by weight. Smallest sound sample: thirty effective rows a side. O(groups).
package struct RateDecomposition: Hashable, Sendable {
    /// Hits among the rows of one group on both sides.
    package struct Group: Hashable, Sendable {
        package let name: ByteText
        /// The rows before, all groups in the same unit.
        package let before: WeightedShare
        /// The rows after, all groups in the same unit.
        package let after: WeightedShare

        package init(name: ByteText, before: WeightedShare, after: WeightedShare) {
            self.name = name
            self.before = before
            self.after = after
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
        guard groups.allSatisfy({ $0.before.isSound && $0.after.isSound }) else { return nil }
        let (old, new) = (Self.sum(groups.map(\.before)), Self.sum(groups.map(\.after)))
        guard let before = old.value, let after = new.value else { return nil }
        let centre = (before + after) / 2
        let terms = groups.filter { $0.before.weight > 0 || $0.after.weight > 0 }.map { group in
            GroupTerm(group, before: old.weight, after: new.weight, centre: centre)
        }
        (self.before, self.after) = (before, after)
        parts = terms.map(\.part).sorted { left, right in
            left.total == right.total ? left.group.name < right.group.name : left.total < right.total
        }
        mix = parts.reduce(0) { $0 + $1.mix }
        behaviour = parts.reduce(0) { $0 + $1.behaviour }
        interval = Interval.difference(new, minus: old)
        behaviourInterval = Interval.normal(behaviour, variance: terms.reduce(0) { $0 + $1.behaviourVariance })
        mixInterval = Interval.normal(
            mix,
            variance: GroupTerm.spread(terms, \.afterShare) / new.effectiveCount
                + GroupTerm.spread(terms, \.beforeShare) / old.effectiveCount)
    }

    /// All rows of one side.
    private static func sum(_ shares: [WeightedShare]) -> WeightedShare {
        shares.reduce(.none) { sum, share in
            WeightedShare(
                rows: (sum.hits &+ share.hits, sum.count &+ share.count),
                weights: (sum.hitWeight + share.hitWeight, sum.weight + share.weight),
                unit: share.weight > 0 ? share.unit : sum.unit)
        }
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
            (beforeShare, afterShare) = (group.before.weight / n, group.after.weight / m)
            let (before, after) = (group.before.value, group.after.value)
            let (r, q) = (before ?? after ?? centre, after ?? before ?? centre)
            level = (r + q) / 2 - centre
            let weight = (afterShare + beforeShare) / 2
            let behaviour = weight * (q - r)
            let rates = Interval.difference(group.after, minus: group.before)
            behaviourVariance =
                before == nil || after == nil
                ? 0 : weight * weight * (GroupTerm.variance(group.before) + GroupTerm.variance(group.after))
            part = Part(
                group: group, mix: (afterShare - beforeShare) * level, behaviour: behaviour,
                behaviourInterval: rates.flatMap { Interval(low: weight * $0.low, high: weight * $0.high) })
        }

        /// The variance of a share, with one hit and one miss added so that few rows do not pass for certain
        /// (Agresti and Caffo 2000).
        private static func variance(_ share: WeightedShare) -> Double {
            let rate = (share.effectiveHits + 1) / (share.effectiveCount + 2)
            return rate * (1 - rate) / (share.effectiveCount + 2)
        }

        /// The variance of the groups' levels over the rows of one side.
        static func spread(_ terms: [GroupTerm], _ share: KeyPath<GroupTerm, Double>) -> Double {
            let mean = terms.reduce(0) { $0 + $1[keyPath: share] * $1.level }
            return max(terms.reduce(0) { $0 + $1[keyPath: share] * $1.level * $1.level } - mean * mean, 0)
        }
    }
}
