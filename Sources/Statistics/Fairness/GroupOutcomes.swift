/// What fairness is judged by of one group of rows: how often the positive class was predicted, and how labels turned out.
///
/// All numbers are counts of rows. Predictions need no labels; the confusion counts are of labelled rows alone.
package struct GroupOutcomes: Hashable, Sendable {
    /// How many rows have a prediction.
    package let predictions: Int
    /// How many of them predict the positive class.
    package let predictedPositive: Int
    /// Labelled rows that are positive and predicted so.
    package let truePositives: Int
    /// Labelled rows that are negative and predicted positive.
    package let falsePositives: Int
    /// Labelled rows that are positive and predicted negative.
    package let falseNegatives: Int
    /// Labelled rows that are negative and predicted so.
    package let trueNegatives: Int

    /// Counts of one group.
    package init(
        predictions: Int, predictedPositive: Int, truePositives: Int, falsePositives: Int, falseNegatives: Int,
        trueNegatives: Int
    ) {
        self.predictions = predictions
        self.predictedPositive = predictedPositive
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
    }

    /// Takes the labelled rows from a confusion matrix, seen as one class against the rest. O(cells).
    ///
    /// - Parameters:
    ///   - confusion: the labelled rows of the group.
    ///   - positive: the class that counts as positive.
    ///   - predicted: rows with a prediction and how many of these are positive; nil takes the labelled rows.
    package init(_ confusion: ConfusionCounts, positive: ByteText, predicted: (all: Int, positive: Int)?) {
        var (hits, alarms, misses, rest) = (0, 0, 0, 0)
        for (cell, number) in confusion.counts {
            switch (cell.predicted == positive, cell.actual == positive) {
            case (true, true): hits &+= number
            case (true, false): alarms &+= number
            case (false, true): misses &+= number
            case (false, false): rest &+= number
            }
        }
        self.init(
            predictions: predicted?.all ?? hits &+ alarms &+ misses &+ rest,
            predictedPositive: predicted?.positive ?? hits &+ alarms, truePositives: hits, falsePositives: alarms,
            falseNegatives: misses, trueNegatives: rest)
    }

    /// How many labelled rows there are.
    package var labels: Int { truePositives &+ falsePositives &+ falseNegatives &+ trueNegatives }

    /// The share that a criterion compares, as hits of rows.
    package func rate(_ rate: FairnessRate) -> (hits: Int, count: Int) {
        switch rate {
        case .selection: (predictedPositive, predictions)
        case .truePositive: (truePositives, truePositives &+ falseNegatives)
        case .falsePositive: (falsePositives, falsePositives &+ trueNegatives)
        case .precision: (truePositives, truePositives &+ falsePositives)
        case .accuracy: (truePositives &+ trueNegatives, labels)
        }
    }
}
