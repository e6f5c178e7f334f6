/// The scores that one row gives classes, with the class that is the row's own: what was true of it, or what was predicted.
package struct RowScores: Sendable {
    /// The row's own class.
    package let own: ByteText
    /// The classes that the row names, each once, with their scores; all others have 0.
    package let scores: [(name: ByteText, score: Double)]
    /// 1 to count the row, -1 to take it out, or a multiplicity.
    package let times: Int

    package init(own: ByteText, scores: [(name: ByteText, score: Double)], times: Int = 1) {
        self.own = own
        self.scores = scores
        self.times = times
    }
}
