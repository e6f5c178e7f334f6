import Statistics
import Testing

/// Performance in every 7-day window of the two logs against scikit-learn.
@Suite(.sharedFiles)
struct SharedPerformanceTests {
    /// The labels by prediction, with the time at which each became known.
    private func labels(_ log: WindowLog) throws -> [String: (actual: String, time: String)] {
        let (ids, values) = (try #require(log.labels["prediction_id"]), try #require(log.labels["actual"]))
        let times = try #require(log.labels["label_timestamp"])
        return Dictionary(uniqueKeysWithValues: ids.indices.map { (ids[$0], (values[$0], times[$0])) })
    }

    @Test func `the windows of a binary model have scikit-learn's values`() throws {
        let log = try WindowLog(.elec2)
        let labels = try labels(log)
        let ids = try #require(log.predictions["prediction_id"])
        let (scores, classes) = (
            try WindowLog.numbers(log.predictions, "score"), try #require(log.predictions["prediction"])
        )
        var days: [(ConfusionCounts, ScorePairs, ProbabilitySums)] = []
        for rows in log.rowsOfDay {
            var (confusion, pairs, sums) = (ConfusionCounts(), ScorePairs(), ProbabilitySums())
            for row in rows.map(Int.init) {
                guard let actual = labels[ids[row]]?.actual else { continue }
                confusion.fold(predicted: ByteText(classes[row]), actual: ByteText(actual))
                pairs.fold([ScoredLabel(score: scores[row], isPositive: actual == "1")])
                sums.fold(score: scores[row], isPositive: actual == "1")
            }
            days.append((confusion, pairs, sums))
        }
        let expected = log.expected["performance"]["per_window"]
        WindowLog.slide(days.map(\.0), count: log.windowCount) { window, confusion in
            #expect(confusion.count == expected["n"][window].int, "\(window)")
            #expect(confusion.count(predicted: "1", actual: "1") == expected["tp"][window].int, "\(window)")
            #expect(isClose(confusion.accuracy, expected["accuracy"][window].number), "\(window)")
            let quality = confusion.quality(of: "1")
            #expect(isClose(quality.precision, expected["precision"][window].number), "\(window)")
            #expect(isClose(quality.recall, expected["recall"][window].number), "\(window)")
            #expect(isClose(quality.f1, expected["f1"][window].number), "\(window)")
        }
        WindowLog.slide(days.map(\.1), count: log.windowCount) { window, pairs in
            #expect(isClose(RankQuality(pairs)?.rocAUC, expected["roc_auc"][window].number), "\(window)")
        }
        WindowLog.slide(days.map(\.2), count: log.windowCount) { window, sums in
            #expect(isClose(sums.logLoss, expected["log_loss"][window].number), "\(window)")
            #expect(isClose(sums.brier, expected["brier"][window].number), "\(window)")
        }
    }

    @Test func `the windows of a regression model have scikit-learn's values`() throws {
        let log = try WindowLog(.bikeshare)
        let labels = try labels(log)
        let ids = try #require(log.predictions["prediction_id"])
        let predictions = try WindowLog.numbers(log.predictions, "prediction")
        let scale = FixedPointScale(largestMagnitude: try WindowLog.numbers(log.reference, "actual").max() ?? 0)
        let days = log.rowsOfDay.map { rows in
            var day = Residuals(scale: scale)
            for row in rows.map(Int.init) {
                guard let actual = labels[ids[row]].flatMap({ Double($0.actual) }) else { continue }
                day.fold(prediction: predictions[row], actual: actual)
            }
            return day
        }
        let expected = log.expected["performance"]["per_window"]
        WindowLog.slide(days, count: log.windowCount) { window, residuals in
            #expect(residuals.count == expected["n"][window].int, "\(window)")
            #expect(isClose(residuals.mae, expected["mae"][window].number), "\(window)")
            #expect(isClose(residuals.rmse, expected["rmse"][window].number), "\(window)")
            let bias = expected["bias_mean_prediction_minus_actual"][window].number
            #expect(isClose(residuals.bias, bias), "\(window)")
            #expect(isClose(residuals.r2, expected["r2"][window].number), "\(window)")
        }
    }

    @Test func `labels that became known after a window's end leave it`() throws {
        let log = try WindowLog(.elec2)
        let labels = try labels(log)
        let ids = try #require(log.predictions["prediction_id"])
        let classes = try #require(log.predictions["prediction"])
        let expected = log.expected["performance"]["performance_known_at_window_end"]
        for window in 0..<log.windowCount {
            let end = try #require(log.expected["windows"]["end"][window].text)
            var confusion = ConfusionCounts()
            for row in log.rowsOfDay[window..<window + 7].joined().map(Int.init) {
                guard let (actual, time) = labels[ids[row]] else { continue }
                confusion.fold(predicted: ByteText(classes[row]), actual: ByteText(actual))
                if time > end { confusion.fold(predicted: ByteText(classes[row]), actual: ByteText(actual), times: -1) }
            }
            #expect(confusion.count == expected["n"][window].int)
            #expect(isClose(confusion.accuracy, expected["accuracy"][window].number))
        }
    }
}
