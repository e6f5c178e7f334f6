/// What fairness is judged by of one group of rows: how often the positive class was predicted, and how labels turned out.
///
/// Predictions need no labels; the confusion counts are of labelled rows alone.
package struct GroupOutcomes: Hashable, Sendable {
    /// Labelled rows by what was predicted and what was true, and rows by what was predicted.
    package struct Counts: Hashable, Sendable {
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

    /// The rows.
    package let rows: Counts
    /// What they weigh; nil where every row counts once.
    private let weights: Weights?

    /// The same counts by weight.
    package struct Weights: Hashable, Sendable {
        /// Sums of weights, in parts of a row.
        package let counts: Counts
        /// How many parts make one row.
        package let parts: Int
        /// How many effective rows a weight of 1 is worth among all rows.
        package let predictionUnit: Double
        /// The same among labelled rows.
        package let labelUnit: Double

        /// Sums of weights with what they are worth.
        package init(_ counts: Counts, parts: Int, predictionUnit: Double, labelUnit: Double) {
            self.counts = counts
            self.parts = parts
            self.predictionUnit = predictionUnit
            self.labelUnit = labelUnit
        }
    }

    /// A group; without weights every row counts once.
    package init(_ rows: Counts, weights: Weights? = nil) {
        self.rows = rows
        self.weights = weights
    }

    /// The share that a criterion compares.
    package func share(_ rate: FairnessRate) -> WeightedShare {
        let counted = rows.rate(rate)
        guard let weights else { return WeightedShare(counted.hits, of: counted.count) }
        let (hits, all) = weights.counts.rate(rate)
        // Where predictions are taken from labelled rows, these are what is weighed.
        let ofLabels = rate != .selection || weights.counts.predictions == weights.counts.labels
        return WeightedShare(
            rows: counted, weights: (Double(hits) / Double(weights.parts), Double(all) / Double(weights.parts)),
            unit: ofLabels ? weights.labelUnit : weights.predictionUnit)
    }
}
