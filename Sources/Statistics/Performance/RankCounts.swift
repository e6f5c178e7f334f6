/// How often the true class was among the k classes with the highest scores, for k from 1 to 10.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1.
package struct RankCounts: MergeableSummary {
    /// The greatest k that is kept.
    package static let most = 10

    /// How many rows have a rank, or are known to have none among the kept ones.
    package private(set) var count = 0
    /// How many of them are among the first k, at k - 1.
    private(set) var within = RankCounts.none
    /// How many rows were counted by a version that kept only k = 3 and k = 5.
    private(set) var partial = 0
    /// One array for all that are empty.
    private static let none = [Int](repeating: 0, count: most)

    /// No rows yet.
    package init() {}

    init(count: Int, within: [Int], partial: Int) {
        self.count = count
        self.within = within
        self.partial = partial
    }

    /// What was counted by a version that kept only k = 3 and k = 5.
    init(count: Int, withinThree: Int, withinFive: Int) {
        self.count = count
        within[2] = withinThree
        within[4] = withinFive
        partial = count
    }

    package var isEmpty: Bool { self == RankCounts() }

    /// Counts a labelled row by the rank of its true class, 1 being the highest score.
    package mutating func fold(rank: Int, times: Int = 1) {
        guard rank >= 1 else { return }
        count &+= times
        for index in within.indices where rank <= index + 1 { within[index] &+= times }
    }

    package mutating func merge(_ other: RankCounts) {
        add(other, sign: 1)
    }

    package mutating func subtract(_ other: RankCounts) {
        add(other, sign: -1)
    }

    private mutating func add(_ other: RankCounts, sign: Int) {
        guard !other.isEmpty else { return }
        count &+= sign &* other.count
        partial &+= sign &* other.partial
        for index in within.indices { within[index] &+= sign &* other.within[index] }
    }

    /// Whether it is known of all rows whether their class is among the first k.
    package func knows(_ k: Int) -> Bool { (1...Self.most).contains(k) && (partial == 0 || k == 3 || k == 5) }

    /// The share of rows whose true class is among the first k (`sklearn.metrics.top_k_accuracy_score` without ties); nil without
    /// rows, and where that was not kept of all of them.
    package func accuracy(at k: Int, unit: Double = 1) -> Estimate? {
        guard knows(k) else { return nil }
        return Estimate(share: Double(within[k - 1]) * unit, of: Double(count) * unit)
    }
}
