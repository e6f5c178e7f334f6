/// Why performance is not estimated or corrected.
package enum EstimateGap: String, Error, Sendable {
    /// Only classifications are estimated.
    case task = "errors of a regression are not estimated without labels"
    /// There is nothing to learn from what scores mean.
    case noReference = "the reference has no labelled scores of both outcomes"
    /// The window has no scores.
    case noScores = "no scores"
    /// Some rows have no score.
    case missingScores = "some rows have no score"
    /// The predicted classes are other ones than the threshold gives.
    case otherThreshold = "predictions do not follow score >= threshold"
    /// There are no labels.
    case noLabels = "no labelled rows with scores"
    /// Some scores occur among the rows, of which no row has a label yet.
    case unlabelledScores = "some scores have no labels yet"
}
