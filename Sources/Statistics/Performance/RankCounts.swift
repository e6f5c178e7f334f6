/// How often the true class was among the k classes with the highest scores.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1.
package struct RankCounts: MergeableSummary {
    /// How many rows have a rank, or are known to have none among the kept ones.
    package private(set) var count = 0
    /// How many of them are among the first three.
    private(set) var withinThree = 0
    /// How many of them are among the first five.
    private(set) var withinFive = 0

    /// No rows yet.
    package init() {}

    init(count: Int, withinThree: Int, withinFive: Int) {
        self.count = count
        self.withinThree = withinThree
        self.withinFive = withinFive
    }

    package var isEmpty: Bool { self == RankCounts() }

    /// Counts a labelled row by the rank of its true class, 1 being the highest score.
    package mutating func fold(rank: Int, times: Int = 1) {
        guard rank >= 1 else { return }
        count &+= times
        if rank <= 3 { withinThree &+= times }
        if rank <= 5 { withinFive &+= times }
    }

    package mutating func merge(_ other: RankCounts) {
        count &+= other.count
        withinThree &+= other.withinThree
        withinFive &+= other.withinFive
    }

    package mutating func subtract(_ other: RankCounts) {
        count &-= other.count
        withinThree &-= other.withinThree
        withinFive &-= other.withinFive
    }

    /// The share of rows whose true class is among the first three (`sklearn.metrics.top_k_accuracy_score` without ties).
    package func accuracyAtThree(unit: Double = 1) -> Estimate? {
        Estimate(share: Double(withinThree) * unit, of: Double(count) * unit)
    }

    /// The share of rows whose true class is among the first five.
    package func accuracyAtFive(unit: Double = 1) -> Estimate? {
        Estimate(share: Double(withinFive) * unit, of: Double(count) * unit)
    }
}
