/// How likely the score of each class is to come true, learned from labelled class scores of a reference.
package struct ClassCalibrators: Sendable {
    private let byClass: [ByteText: ScoreCalibrator]

    /// Learns from labelled rows, their own class being the true one; nil without classes. Those of which there are no rows, or no
    /// others, are not among them.
    package init?(_ scores: ClassScores, unit: Double = 1) {
        var byClass: [ByteText: ScoreCalibrator] = [:]
        for name in scores.classes { byClass[name] = ScoreCalibrator(scores.pairs(of: name), unit: unit) }
        guard !byClass.isEmpty else { return nil }
        self.byClass = byClass
    }

    /// The classes in the order of their bytes.
    var classes: [ByteText] { byClass.keys.sorted() }

    /// What scores of a class mean; nil where that could not be learned.
    subscript(_ name: ByteText) -> ScoreCalibrator? { byClass[name] }
}
