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
    /// Some rows have no class scores, or no predicted class, or were counted when these were not kept.
    case missingClassScores = "some rows have no scores of their classes, or no predicted class"
    /// Class scores are no probabilities.
    case outside = "some scores of classes are outside 0 to 1"
    /// Scores are kept of ten classes.
    case manyClasses = "there are more than ten classes"
    /// There is nothing to learn from what the scores of every class mean.
    case noReferenceClasses = "the reference has no labelled scores of every class, or only one class"
    /// There are no labels.
    case noLabels = "no labelled rows with scores"
    /// Some scores occur among the rows, of which no row has a label yet.
    case unlabelledScores = "some scores have no labels yet"
}
