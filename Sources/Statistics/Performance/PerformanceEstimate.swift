/// Performance that is expected of rows without labels, from calibrated scores (CBPE; NannyML, after Garg et al. 2022).
///
/// Of the rows above the threshold the sum of probabilities is expected to be true positives, and so on for the other cells;
/// every measure follows from these sums, ROC AUC and average precision from the curve of expected rows by raw score. The
/// interval is that of the value which the labels will give: each row's label is drawn by its probability, and each block of
/// the calibrator is known only as well as its rows in the reference allow (delta method). It holds while the scores mean
/// what they meant in the reference; whether they do is told by labels, once there are some. O(cells).
package struct PerformanceEstimate: Sendable {
    /// Rows of one score with what is expected of them.
    struct Row: Sendable {
        let rows: Double
        /// The probability of the positive class, and its least and greatest value in the stretch of scores.
        let probability: Double
        let least: Double
        let most: Double
        /// Whether the score reaches the threshold, and whether that is so for all of them.
        let isAbove: Bool
        let isSplit: Bool
        let block: Int

        init(
            _ stretch: ScoreDistribution.Stretch, _ calibrator: ScoreCalibrator, isAbove: Bool, isSplit: Bool
        ) {
            rows = stretch.rows
            probability = calibrator.probability(of: stretch.middle)
            least = calibrator.probability(of: stretch.low)
            most = calibrator.probability(of: stretch.high)
            self.isAbove = isAbove
            self.isSplit = isSplit
            block = calibrator.index(of: stretch.middle)
        }

        var positives: Double { rows * probability }
        var negatives: Double { rows * (1 - probability) }
    }

    /// What more labels of one kind do to a measure: a row above and a row below the threshold that turns out positive rather
    /// than negative.
    struct Slopes {
        let above: Double
        let below: Double
    }

    let rows: [Row]
    let calibrator: ScoreCalibrator
    /// The expected confusion matrix.
    private(set) var truePositives = 0.0
    private(set) var falsePositives = 0.0
    private(set) var falseNegatives = 0.0
    private(set) var trueNegatives = 0.0

    /// What is expected of rows with some scores; nil without rows.
    ///
    /// - Parameters:
    ///   - scores: the scores of all rows.
    ///   - calibrator: what scores mean.
    ///   - threshold: from which score on the positive class is predicted; nil where the score is the probability that
    ///     the prediction is right, whatever its class.
    package init?(_ scores: ScoreDistribution, calibrator: ScoreCalibrator, threshold: Double?) {
        self.init(
            scores.stretches.map { stretch in
                let isAbove = threshold.map(stretch.isAbove) ?? true
                return Row(
                    stretch, calibrator, isAbove: isAbove ?? (stretch.middle >= threshold ?? 0), isSplit: isAbove == nil
                )
            }, calibrator)
    }

    /// What is expected of rows of which it is known whether they were predicted to be of a class; nil without rows.
    ///
    /// The ranking measures are not those of all rows together, because rows of one score stand apart.
    init?(predicted: ScoreDistribution, others: ScoreDistribution, calibrator: ScoreCalibrator) {
        self.init(
            predicted.stretches.map { Row($0, calibrator, isAbove: true, isSplit: false) }
                + others.stretches.map { Row($0, calibrator, isAbove: false, isSplit: false) }, calibrator)
    }

    private init?(_ rows: [Row], _ calibrator: ScoreCalibrator) {
        self.calibrator = calibrator
        self.rows = rows
        for row in rows {
            if row.isAbove {
                truePositives += row.positives
                falsePositives += row.negatives
            } else {
                falseNegatives += row.positives
                trueNegatives += row.negatives
            }
        }
        guard total > 0 else { return nil }
    }

    /// Whether scores were mapped by isotonic regression rather than taken as they are.
    package var isIsotonic: Bool { calibrator.isIsotonic }

    /// How many effective rows there are.
    package var total: Double { truePositives + falsePositives + falseNegatives + trueNegatives }

    /// The interval of a measure from what each row's label does to it.
    func interval(_ value: Double, _ slopes: (Int) -> Double) -> Interval? {
        var variance = 0.0
        var shifts = [Double](repeating: 0, count: calibrator.blocks.count)
        for (index, row) in rows.enumerated() {
            let slope = slopes(index)
            variance += row.rows * row.probability * (1 - row.probability) * slope * slope
            shifts[row.block] += row.rows * slope
        }
        for (shift, block) in zip(shifts, calibrator.blocks) {
            let share = (block.positives + 0.5) / (block.rows + 1)
            variance += shift * shift * share * (1 - share) / block.rows
        }
        return Interval.normal(value, variance: variance)?.limited(to: 0...1, around: value)
    }

    private func estimate(_ value: Double, _ slopes: Slopes) -> Estimate? {
        let value = min(max(value, 0), 1)
        return Estimate(value, interval(value) { rows[$0].isAbove ? slopes.above : slopes.below })
    }

    /// The expected share of right predictions.
    package var accuracy: Estimate? {
        estimate((truePositives + trueNegatives) / total, Slopes(above: 1 / total, below: -1 / total))
    }

    /// The expected precision; nil where nothing is predicted positive.
    package var precision: Estimate? {
        let predicted = truePositives + falsePositives
        guard predicted > 0 else { return nil }
        return estimate(truePositives / predicted, Slopes(above: 1 / predicted, below: 0))
    }

    /// The expected recall; nil where nothing is expected to be positive.
    package var recall: Estimate? {
        let actual = truePositives + falseNegatives
        guard actual > 0 else { return nil }
        let square = actual * actual
        return estimate(truePositives / actual, Slopes(above: falseNegatives / square, below: -truePositives / square))
    }

    /// The expected F1; nil where neither side has positive rows.
    package var f1: Estimate? {
        let sum = 2 * truePositives + falsePositives + falseNegatives
        guard sum > 0 else { return nil }
        let value = 2 * truePositives / sum
        return estimate(value, Slopes(above: (2 - value) / sum, below: -value / sum))
    }

    /// The expected specificity; nil where nothing is expected to be negative.
    package var specificity: Estimate? {
        let negatives = trueNegatives + falsePositives
        guard negatives > 0 else { return nil }
        let square = negatives * negatives
        return estimate(
            trueNegatives / negatives, Slopes(above: trueNegatives / square, below: -falsePositives / square))
    }

    private var curve: ScoreCurve {
        ScoreCurve(points: rows.map { ScoreCurve.Point(positives: $0.positives, negatives: $0.negatives) })
    }

    /// The expected area under the ROC curve; nil where one class is not expected at all.
    package var rocAUC: Estimate? { estimate(curve.area) }

    /// The expected average precision; nil where nothing is expected to be positive.
    package var averagePrecision: Estimate? { estimate(curve.averagePrecision) }

    private func estimate(_ measured: (value: Double, slopes: [ScoreCurve.Slope])?) -> Estimate? {
        guard let measured else { return nil }
        let value = min(max(measured.value, 0), 1)
        return Estimate(value, interval(value) { measured.slopes[$0].positive - measured.slopes[$0].negative })
    }
}
