/// Whether several groups have one share.
package enum Homogeneity {
    /// How likely shares at least as unlike are where all groups have the same; nil where all are 0 or all are 1.
    ///
    /// Pearson's chi-squared of the 2 x k table of effective rows (Pearson 1900; scaled to effective sizes after Rao and
    /// Scott 1981, with one design effect), k - 1 degrees of freedom. Smallest sound sample: expected counts of five. O(groups).
    package static func pValue(_ groups: [WeightedShare]) -> Double? {
        let (hits, count) = groups.reduce((0.0, 0.0)) { ($0.0 + $1.effectiveHits, $0.1 + $1.effectiveCount) }
        let share = hits / count
        guard groups.count >= 2, share > 0, share < 1 else { return nil }
        let sum = groups.reduce(0) { sum, group in
            let distance = (group.value ?? share) - share
            return sum + group.effectiveCount * distance * distance
        }
        return ChiSquaredDistribution.survival(sum / (share * (1 - share)), degreesOfFreedom: groups.count - 1)
    }
}
