import Statistics

/// A population of labelled rows from which samples are drawn, so that the true value of every measure is known.
struct SimulatedOutcomes {
    /// One kind of row.
    struct Row {
        let score: Double
        let predicted: ByteText
        let actual: ByteText
        let rank: Int
        let prediction: Double
        let value: Double
    }

    /// Everything that outcomes are folded into.
    struct Sums {
        var confusion = ConfusionCounts()
        var pairs = ScorePairs()
        var probabilities = ProbabilitySums()
        var calibration = Calibration()
        var ranks = RankCounts()
        var residuals = Residuals(scale: FixedPointScale(largestMagnitude: 200))
        var spread = ResidualSpread()

        init(_ rows: some Sequence<Row>) {
            var scored: [ScoredLabel] = []
            for row in rows {
                let isPositive = row.actual == "1"
                confusion.fold(predicted: row.predicted, actual: row.actual)
                probabilities.fold(score: row.score, isPositive: isPositive)
                calibration.fold(score: row.score, isPositive: isPositive)
                ranks.fold(rank: row.rank)
                residuals.fold(prediction: row.prediction, actual: row.value)
                spread.fold(prediction: row.prediction, actual: row.value)
                scored.append(ScoredLabel(score: row.score, isPositive: isPositive))
            }
            pairs.fold(scored)
        }
    }

    let rows: [Row]
    let truth: Sums

    init(seed: Int, size: Int = 4000) {
        var generator = SeededGenerator(seed: seed)
        let classes: [ByteText] = ["0", "1", "2"]
        let rows = (0..<size).map { _ in
            let score = Double(Int.random(in: 1...39, using: &generator)) / 40
            let actual: ByteText =
                Double.random(in: 0..<1, using: &generator) < 0.15 + 0.6 * score
                ? "1" : classes[Int.random(in: 0...1, using: &generator) * 2]
            let other = classes[Int.random(in: 0..<3, using: &generator)]
            let value = 60 + 15 * generator.normal()
            return Row(
                score: score, predicted: score >= 0.5 ? "1" : other, actual: actual,
                rank: Int.random(in: 1...8, using: &generator),
                prediction: max(value + 2 + 6 * generator.normal(), 0), value: max(value, 20))
        }
        self.rows = rows
        truth = Sums(rows)
    }

    /// A sample with replacement.
    func sample(_ count: Int, using generator: inout SeededGenerator) -> Sums {
        Sums((0..<count).map { _ in rows[Int.random(in: 0..<rows.count, using: &generator)] })
    }
}

/// Every measure that has an interval.
enum MeasuredInterval: String, CaseIterable, Sendable {
    case accuracy, precision, recall, f1, specificity, positiveRate, balancedAccuracy, kappa, matthews
    case precisionMacro, recallMacro, f1Macro, precisionWeighted, f1Weighted
    case rocAUC, averagePrecision, logLoss, brier, calibrationError, accuracyAtThree
    case mae, rmse, r2, bias, rmsle, mape, pinball

    func estimate(_ sums: SimulatedOutcomes.Sums) -> Estimate? {
        let table = ConfusionTable(sums.confusion)
        let curve = ScoreCurve(sums.pairs)
        let residuals = ResidualEstimates(sums.residuals, spread: sums.spread)
        return switch self {
        case .accuracy: table.accuracy
        case .precision: table.precision(of: "1")
        case .recall: table.recall(of: "1")
        case .f1: table.f1(of: "1")
        case .specificity: table.specificity(of: "1")
        case .positiveRate: table.positiveRate(of: "1")
        case .balancedAccuracy: table.balancedAccuracy
        case .kappa: table.kappaEstimate
        case .matthews: table.matthewsEstimate
        case .precisionMacro: table.macroEstimate(.precision)
        case .recallMacro: table.macroEstimate(.recall)
        case .f1Macro: table.macroEstimate(.f1)
        case .precisionWeighted: table.weightedEstimate(.precision)
        case .f1Weighted: table.weightedEstimate(.f1)
        case .rocAUC: curve.rocAUC
        case .averagePrecision: curve.averagePrecisionEstimate
        case .logLoss: sums.probabilities.logLossEstimate()
        case .brier: sums.probabilities.brierEstimate()
        case .calibrationError: sums.calibration.estimate()
        case .accuracyAtThree: sums.ranks.accuracy(at: 3)
        case .mae: residuals.mae
        case .rmse: residuals.rmse
        case .r2: residuals.r2
        case .bias: residuals.bias
        case .rmsle: residuals.rmsle
        case .mape: residuals.mape
        case .pinball: residuals.pinball(0.8)
        }
    }
}
