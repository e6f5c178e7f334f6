/// Why a member of a document is null, as the interface tells it under `reasons`.
package enum NullReason: String, CaseIterable, Sendable {
    // MARK: What came

    /// No row of the window tells of it.
    case noRows = "no_rows"
    /// There are rows, and all of them are null there.
    case noValues = "no_values"
    /// A value or a sum is too large for exact sums.
    case tooLarge = "too_large"
    /// It was not counted when the rows came, or there are more values than can be told apart.
    case notCounted = "not_counted"
    /// The model has no features that rows could repeat.
    case noFeatures = "no_features"
    /// No earlier weeks are kept for such windows: of segments, of versions, and of lengths that the model does not declare.
    case notWatched = "not_watched"
    /// Fewer than two earlier weeks are known.
    case fewWeeks = "few_weeks"

    // MARK: Comparisons

    /// There is nothing to compare with.
    case noReference = "no_reference"
    /// The reference has no values there.
    case emptyReference = "empty_reference"
    /// Too few rows, or no value that is possible is as rare as was asked for.
    case insufficient
    /// No law without drift is known of that definition: bins of another tool.
    case noLaw = "no_law"
    /// One side does not vary, and the measure divides by its spread.
    case oneValue = "one_value"
    /// A bin is empty on one side, and the definition adds nothing to it.
    case emptyBin = "empty_bin"
    /// The reference does not keep the edges of that definition's bins.
    case notKept = "not_kept"
    /// The reference has rows of its own for each window.
    case perWindow = "per_window"

    // MARK: Labels and scores

    /// No label counts in the window.
    case noLabels = "no_labels"
    /// It needs more than what is kept for earlier states of knowledge.
    case notAtEnd = "not_at_end"
    /// No labelled row says what was predicted.
    case noPredictions = "no_predictions"
    /// No row has a score.
    case noScores = "no_scores"
    /// Only one class occurs, or only right or only wrong predictions.
    case oneClass = "one_class"
    /// Some rows have no score, or none of their true class.
    case missingScores = "missing_scores"
    /// A score is no probability.
    case scoresOutside = "scores_outside"
    /// Only some of a row's probabilities are known.
    case someProbabilities = "some_probabilities"
    /// No labelled row ranks its classes.
    case noClassScores = "no_class_scores"
    /// Rows of the kind that it is a share of do not occur.
    case noSuchRows = "no_such_rows"
    /// A class has no labelled row, or every one.
    case missingClass = "missing_class"
    /// There are too many classes to list, or to keep the scores of.
    case manyClasses = "many_classes"
    /// The reference has no labelled scores of both outcomes to learn from what scores mean.
    case noCalibration = "no_calibration"
    /// The predicted classes are other ones than the threshold gives.
    case otherThreshold = "other_threshold"
    /// Some scores occur among the rows, of which no row has a label yet.
    case unlabelledScores = "unlabelled_scores"
    /// Models of that task do not have it.
    case otherTask = "other_task"

    // MARK: Groups, versions and explanations

    /// Both versions have no row in common.
    case noPairs = "no_pairs"
    /// Only one of the two sides has such rows.
    case oneSide = "one_side"
    /// A segment is compared with its reference, not with the rows outside of it.
    case againstReference = "against_reference"
    /// The request does not name one.
    case notAsked = "not_asked"
    /// The measure is no test.
    case noTest = "no_test"
    /// The measure is no sum over bins.
    case noSum = "no_sum"
    /// Nothing to bound: the value is exact.
    case exact

    /// Nothing to divide by, or a value that it is not defined for.
    case undefined
}
