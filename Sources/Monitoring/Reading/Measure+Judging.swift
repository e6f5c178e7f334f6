import Statistics

extension Measure {
    /// Whether it has a threshold and verdicts: measures of drift, but not the p-values among them, and the shares of broken and
    /// repeated rows.
    package var isJudged: Bool {
        self == .duplicateRatio || QualityMeasure(ratio: self) != nil
            || scope == .drift && drift.map { !$0.isProbability } ?? false
    }
}
