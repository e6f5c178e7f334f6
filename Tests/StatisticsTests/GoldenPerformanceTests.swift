import Statistics
import Testing

/// Measures of performance against pinned scikit-learn; `Golden/make_golden.py` made the values.
struct GoldenPerformanceTests {
    private func golden() throws -> JSONValue { try JSONValue(PackageResources.performance_json) }

    private func expect(_ quality: ClassQuality, _ values: JSONValue, _ comment: Comment) {
        #expect(isClose(quality.precision, values[0].number), comment)
        #expect(isClose(quality.recall, values[1].number), comment)
        #expect(isClose(quality.f1, values[2].number), comment)
    }

    @Test func `the confusion matrix gives scikit-learn's ratios`() throws {
        for (index, one) in try golden()["classes"].array.enumerated() {
            var confusion = ConfusionCounts()
            for (actual, prediction) in zip(one["actual"].array, one["prediction"].array) {
                confusion.fold(
                    predicted: ByteText(try #require(prediction.text)), actual: ByteText(try #require(actual.text)))
            }
            #expect(isClose(confusion.accuracy, one["accuracy"].number))
            expect(confusion.macro, one["macro"], "macro \(index)")
            expect(confusion.micro, one["micro"], "micro \(index)")
            expect(confusion.weighted, one["weighted"], "weighted \(index)")
            let first = ByteText(try #require(one["first"][0].text))
            expect(confusion.quality(of: first), one["first"][1], "first \(index)")
        }
    }

    @Test func `scores give scikit-learn's values`() throws {
        for one in try golden()["scores"].array {
            let rows = zip(one["score"].numbers, one["actual"].ints).map { ScoredLabel(score: $0, isPositive: $1 == 1) }
            var (pairs, sums) = (ScorePairs(), ProbabilitySums())
            pairs.fold(rows)
            for row in rows { sums.fold(score: row.score, isPositive: row.isPositive) }
            #expect(isClose(RankQuality(pairs)?.rocAUC, one["roc_auc"].number, relative: 1e-12))
            #expect(RankQuality(pairs).map(\.errorBound) ?? 0 == 0)
            #expect(isClose(sums.logLoss, one["log_loss"].number, relative: 1e-12))
            #expect(isClose(sums.brier, one["brier"].number, relative: 1e-12))
        }
    }

    @Test func `residuals give scikit-learn's values`() throws {
        for one in try golden()["numbers"].array {
            let (actual, prediction) = (one["actual"].numbers, one["prediction"].numbers)
            let largest = actual.map(\.magnitude).max() ?? 0
            var residuals = Residuals(scale: FixedPointScale(largestMagnitude: largest))
            for (actual, prediction) in zip(actual, prediction) {
                residuals.fold(prediction: prediction, actual: actual)
            }
            #expect(isClose(residuals.mae, one["mae"].number, relative: 1e-12, absolute: 0))
            #expect(isClose(residuals.rmse, one["rmse"].number, relative: 1e-12, absolute: 0))
            #expect(isClose(residuals.bias, one["bias"].number, relative: 1e-9, absolute: 1e-12 * largest))
            #expect(isClose(residuals.r2, one["r2"].number, relative: 1e-9, absolute: 0))
        }
    }
}
