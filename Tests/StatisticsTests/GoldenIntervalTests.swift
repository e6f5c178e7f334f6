import Statistics
import Testing

/// Measures of performance and their variances against pinned scikit-learn; `Golden/make_intervals_golden.py` made the values.
struct GoldenIntervalTests {
    private func golden() throws -> JSONValue { try JSONValue(PackageResources.performance_intervals_json) }

    /// An interval as it follows from scikit-learn's value and the variance of the jackknife, on a transformed scale.
    private func ends(
        _ pair: JSONValue, _ scale: (Double) -> Double, _ slope: (Double) -> Double, _ back: (Double) -> Double
    ) -> (low: Double, high: Double) {
        let (value, variance) = (pair[0].number ?? .nan, pair[1].number ?? .nan)
        let reach = 1.959963984540054 * variance.squareRoot() * slope(value)
        return (back(scale(value) - reach), back(scale(value) + reach))
    }

    private func expect(_ estimate: Estimate?, _ pair: JSONValue, isShare: Bool, _ comment: Comment) {
        #expect(isClose(estimate?.value, pair[0].number), comment)
        // Without a single mistake the jackknife has no variance, and the interval is another one.
        guard let variance = pair[1].number, variance > 1e-12 else {
            #expect(estimate?.interval.map { $0.width > 0 } ?? false, comment)
            return
        }
        let expected =
            isShare
            ? ends(pair, { logit($0) }, { 1 / ($0 * (1 - $0)) }, { 1 / (1 + exponential(-$0)) })
            : ends(pair, { areaTangent($0) }, { 1 / (1 - $0 * $0) }, { tangent($0) })
        #expect(isClose(estimate?.interval?.low, expected.low, relative: 1e-5, absolute: 1e-6), comment)
        #expect(isClose(estimate?.interval?.high, expected.high, relative: 1e-5, absolute: 1e-6), comment)
    }

    @Test func `the confusion matrix gives scikit-learn's measures and variances`() throws {
        for (index, one) in try golden()["classes"].array.enumerated() {
            var confusion = ConfusionCounts()
            for (actual, prediction) in zip(one["actual"].array, one["prediction"].array) {
                confusion.fold(
                    predicted: ByteText(try #require(prediction.text)), actual: ByteText(try #require(actual.text)))
            }
            let table = ConfusionTable(confusion)
            #expect(isClose(table.balancedAccuracy?.value, one["balanced_accuracy"].number))
            expect(table.matthewsEstimate, one["mcc"], isShare: false, "mcc \(index)")
            expect(table.kappaEstimate, one["kappa"], isShare: false, "kappa \(index)")
            for (name, ratio) in [("precision", ConfusionTable.Ratio.precision), ("recall", .recall), ("f1", .f1)] {
                expect(table.macroEstimate(ratio), one["\(name)_macro"], isShare: true, "\(name) macro \(index)")
                expect(
                    table.weightedEstimate(ratio), one["\(name)_weighted"], isShare: true, "\(name) weighted \(index)")
            }
            let positive = ByteText(try #require(one["positive"].text))
            #expect(isClose(table.specificity(of: positive)?.value, one["specificity"].number))
            #expect(isClose(table.falsePositiveRate(of: positive)?.value, one["fpr"].number))
            #expect(isClose(table.falseNegativeRate(of: positive)?.value, one["fnr"].number))
            #expect(isClose(table.positiveRate(of: positive)?.value, one["positive_rate"].number))
            #expect(isClose(table.prevalence(of: positive)?.value, one["prevalence"].number))
        }
    }

    @Test func `scores give scikit-learn's measures, DeLong's variance and isotonic regression`() throws {
        for (index, one) in try golden()["scores"].array.enumerated() {
            let rows = zip(one["score"].numbers, one["actual"].ints).map { ScoredLabel(score: $0, isPositive: $1 == 1) }
            var (pairs, sums) = (ScorePairs(), ProbabilitySums())
            pairs.fold(rows)
            for row in rows { sums.fold(score: row.score, isPositive: row.isPositive) }
            let curve = ScoreCurve(pairs)
            expect(curve.rocAUC, one["roc_auc"], isShare: true, "roc auc \(index)")
            expect(curve.averagePrecisionEstimate, one["pr_auc"], isShare: true, "pr auc \(index)")
            for (estimate, pair) in [(sums.logLossEstimate(), one["log_loss"]), (sums.brierEstimate(), one["brier"])] {
                let normal = ends(pair, { $0 }, { _ in 1 }, { $0 })
                #expect(isClose(estimate?.value, pair[0].number))
                #expect(isClose(estimate?.interval?.low, normal.low))
                #expect(isClose(estimate?.interval?.high, normal.high))
            }
            let calibrator = try #require(ScoreCalibrator(pairs))
            guard calibrator.isIsotonic else { continue }
            for (score, expected) in zip(one["isotonic"]["at"].numbers, one["isotonic"]["is"].numbers) {
                #expect(isClose(calibrator.probability(of: score), expected), "\(index) at \(score)")
            }
        }
    }

    @Test func `ranks and probabilities of the true class give scikit-learn's values`() throws {
        let one = try golden()["ranks"]
        var (ranks, sums) = (RankCounts(), ProbabilitySums())
        for rank in one["rank"].ints { ranks.fold(rank: rank) }
        for probability in one["probability"].numbers {
            sums.fold(probabilityOfTruth: probability, squaredDistance: nil)
        }
        #expect(isClose(ranks.accuracy(at: 3)?.value, one["accuracy_at_3"].number))
        #expect(isClose(ranks.accuracy(at: 5)?.value, one["accuracy_at_5"].number))
        #expect(isClose(sums.logLoss, one["log_loss"].number))
        #expect(sums.brier == nil)
    }

    @Test func `residuals give scikit-learn's measures and variances`() throws {
        for one in try golden()["numbers"].array {
            let (actual, prediction) = (one["actual"].numbers, one["prediction"].numbers)
            var residuals = Residuals(scale: FixedPointScale(largestMagnitude: actual.map(\.magnitude).max() ?? 0))
            var spread = ResidualSpread()
            for (actual, prediction) in zip(actual, prediction) {
                residuals.fold(prediction: prediction, actual: actual)
                spread.fold(prediction: prediction, actual: actual)
            }
            let estimates = ResidualEstimates(residuals, spread: spread)
            #expect(isClose(residuals.mape, one["mape"].number, relative: 1e-12))
            #expect(isClose(residuals.rmsle, one["rmsle"].number, relative: 1e-12))
            for pair in one["pinball"].array {
                #expect(isClose(residuals.pinball(pair[0].number ?? .nan), pair[1].number, relative: 1e-12))
            }
            // Ours divides by one row less than the jackknife.
            let share = Double(actual.count) / Double(actual.count - 1)
            let rmse = try #require(estimates.rmse?.interval)
            let mse = ends(one["mse"], { logarithm($0) }, { share.squareRoot() / $0 }, { exponential($0) })
            #expect(isClose(rmse.low * rmse.low, mse.low, relative: 1e-5))
            #expect(isClose(rmse.high * rmse.high, mse.high, relative: 1e-5))
            let r2 = try #require(estimates.r2?.interval)
            let room = ends(one["r2"], { logarithm(1 - $0) }, { share.squareRoot() / (1 - $0) }, { exponential($0) })
            #expect(isClose(1 - r2.high, room.low, relative: 1e-4))
            #expect(isClose(1 - r2.low, room.high, relative: 1e-4))
        }
    }

    @Test func `shares have SciPy's Wilson interval`() throws {
        for row in try golden()["wilson"].array {
            let interval = try #require(Interval.share(hits: row[0].number ?? .nan, of: row[1].number ?? .nan))
            #expect(isClose(interval.low, row[2].number))
            #expect(isClose(interval.high, row[3].number))
        }
    }
}
