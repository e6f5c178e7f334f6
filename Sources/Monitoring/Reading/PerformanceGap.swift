import Statistics

/// Why a measure of performance has no value, as the interface tells it.
package enum PerformanceGap: String, Sendable {
    /// No label counts in the window.
    case noLabels = "no labelled rows"
    /// The measure needs more than what is kept for earlier states of knowledge.
    case notAtEnd = "not answered as it was known at the window's end"
    /// No labelled row says what was predicted.
    case noPredictions = "no labelled row has a prediction"
    /// No labelled row has a score.
    case noScores = "no labelled row has a score"
    /// Only one class occurs, or only right or only wrong predictions.
    case oneClass = "all labelled rows are of one class"
    /// A row does not say how probable its true class was.
    case missingScores = "some labelled rows have no score, or none of their true class"
    /// A score is no probability.
    case outside = "some scores are outside 0 to 1"
    /// Only some of a row's probabilities are known.
    case someProbabilities = "some labelled rows do not tell the probabilities of all classes"
    /// No labelled row ranks its classes.
    case noClassScores = "no labelled row has scores of its classes"
    /// Scores of every class are kept of ten classes.
    case manyClasses = "there are more than ten classes"
    /// A class has no rows, or all.
    case classMissing = "no labelled row is of one of the classes, or every row is"
    /// The panes of the window were made when this was not kept.
    case olderVersion = "some labelled rows were counted by a version that did not keep this"
    /// Nothing to divide by, or a value that the measure is not defined for.
    case undefined = "undefined for these rows: it would divide by 0 or take the logarithm of a negative number"
}

extension PerformanceReading {
    /// Why a measure has no value; nil where it has one.
    package func gap(_ measure: Measure) -> PerformanceGap? {
        if estimate(measure) != nil { return nil }
        if counts.labels == 0 { return .noLabels }
        switch measure {
        case _ where measure.readsLabelledScores:
            return outcomes.map { scoreGap(measure, $0) } ?? .notAtEnd
        case .mae, .rmse, .r2, .bias, .rmsle, .mape, .pinball:
            return counts.residuals == nil ? .noPredictions : .undefined
        default: return counts.confusion.isEmpty ? .noPredictions : .undefined
        }
    }

    private func scoreGap(_ measure: Measure, _ outcomes: Outcomes) -> PerformanceGap {
        let sums = outcomes.probabilities
        switch measure {
        case .rocAUC, .prAUC: return outcomes.pairs.isEmpty ? .noScores : .oneClass
        case .calibrationError where outcomes.calibration.isEmpty: return .noScores
        case .logLoss, .brier:
            if sums.isEmpty { return .noPredictions }
            if sums.missing > 0 { return sums.count == 0 ? .noScores : .missingScores }
            if sums.outside > 0 { return .outside }
            return sums.undistanced > 0 ? .someProbabilities : .undefined
        case _ where measure.placesCounted != nil: return outcomes.ranks.count == 0 ? .noClassScores : .olderVersion
        case _ where measure.classArea != nil: return classGap ?? .classMissing
        default: return .outside
        }
    }
}
