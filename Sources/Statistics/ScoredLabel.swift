/// A labelled row with its score.
package struct ScoredLabel: Hashable, Sendable {
    /// The score; NaN stands for none.
    package let score: Double
    /// Whether the label is the positive class.
    package let isPositive: Bool
    /// 1 to count the row, -1 to take it out, or a multiplicity.
    package let times: Int

    package init(score: Double, isPositive: Bool, times: Int = 1) {
        self.score = score
        self.isPositive = isPositive
        self.times = times
    }
}
