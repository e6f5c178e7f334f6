import Statistics

extension Measure {
    /// Whether it has a threshold and verdicts: measures of drift, but not the p-values among them.
    package var isJudged: Bool {
        QualityMeasure(ratio: self) != nil || scope == .drift && drift.map { !$0.isProbability } ?? false
    }
}
