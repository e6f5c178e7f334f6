import HTTPTypes
import JSON
import Monitoring
import Testing

/// Performance, its intervals, decay, maturity and estimates, over HTTP.
@Suite(.timeLimit(.minutes(15)))
struct PerformanceDocumentTests {

    /// A score and whether it comes true: always where the pattern says so, one in five the other way.
    private static func row(_ row: Int) -> (score: Double, isPositive: Bool) {
        let score = Double((row * 37) % 100) / 100 + 0.005
        return (score, (row * 13) % 10 < Int(score * 10))
    }

    private func model(_ service: ServiceFixture, withReference: Bool = true) async throws {
        let made = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"binary","features":{"x":{"type":"numeric"}},"classes":["0","1"],
             "windows":[{"length":"1d","step":"1d"}]}
            """)
        #expect(made.status == 201)
        guard withReference else { return }
        var text = "x,score,actual\n"
        for index in 0..<2000 {
            let (score, isPositive) = Self.row(index)
            text += "1,\(score),\(isPositive ? 1 : 0)\n"
        }
        let answer = try await service.call(.put, "/v1/models/m/references/training", text, type: "text/csv")
        #expect([200, 201].contains(answer.status))
    }

    /// A day of rows; the labels come six hours later, those that `wrong` tells the other way round.
    private func fill(
        _ service: ServiceFixture, day: Int, rows: Int = 400, labelled: (Int) -> Bool = { _ in true },
        wrong: (Int) -> Bool = { _ in false }
    ) async throws {
        var predictions: [String] = []
        var labels: [String] = []
        for index in 0..<rows {
            let (score, isPositive) = Self.row(index)
            predictions.append(
                """
                {"prediction_id":"\(day)-\(index)","timestamp":"\(ServiceFixture.moment(day: day, hour: index % 24))","features":{"x":1},"score":\(score)}
                """)
            guard labelled(index) else { continue }
            labels.append(
                """
                {"prediction_id":"\(day)-\(index)","actual":"\(isPositive != wrong(index) ? 1 : 0)",\
                "timestamp":"\(ServiceFixture.moment(day: day, hour: index % 24 + 6))"}
                """)
        }
        try await service.send(predictions: predictions, labels: labels, ofDay: day)
    }

    private func ends(_ node: JSONNode?) throws -> ClosedRange<Double> {
        let parts = try #require(node?.elements)
        return try #require(parts[0].double)...(try #require(parts[1].double))
    }

    @Test func `measures have intervals that hold them, and each class stands by itself`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            try await self.fill(service, day: 3)
            let performance = try #require(try await service.dayWindow(endDay: 4)["performance"])
            for key in [
                "accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "brier", "calibration_error", "pr_auc",
                "balanced_accuracy", "mcc", "kappa", "specificity", "fpr", "fnr", "positive_rate", "prevalence",
            ] {
                let value = try #require(performance[key]?.double, "\(key)")
                let interval = try self.ends(performance["interval"]?[key])
                #expect(interval.contains(value) && interval.lowerBound < interval.upperBound, "\(key)")
                let series = try await service.series(
                    "m",
                    "measure=\(key)&length=1d&from=\(ServiceFixture.moment(day: 4))&to=\(ServiceFixture.moment(day: 4))"
                )
                #expect(series["value"]?.elements?.first?.double == value, "\(key)")
            }
            let classes = try #require(performance["classes"]?.elements)
            #expect(classes.count == 2)
            #expect(classes[1]["class"]?.string == "1")
            #expect(classes[1]["recall"]?.double == performance["recall"]?.double)
            #expect(performance["maturity"]?.string == "mature")
        }
    }

    @Test func `a loss against the reference and against an earlier day is above 0`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            try await self.fill(service, day: 3)
            try await self.fill(service, day: 4, wrong: { $0 % 3 == 0 })
            let before = try await service.dayWindow(endDay: 4)
            #expect(before["performance"]?["decay"]?["accuracy"]?["worse"]?.bool == false)
            let after = try #require(try await service.dayWindow(endDay: 5)["performance"]?["decay"])
            for key in ["accuracy", "f1", "roc_auc", "log_loss", "brier", "fpr", "mcc"] {
                let decay = try #require(after[key], "\(key)")
                #expect(decay["worse"]?.bool == true, "\(key)")
                #expect(try #require(decay["value"]?.double) > 0, "\(key)")
                #expect(decay["against"]?.string == "reference")
            }
            #expect(after["prevalence"] == nil)
            let since = try await service.dayWindow(
                endDay: 5, more: "&decay_against=\(ServiceFixture.moment(day: 4))")
            let decay = try #require(since["performance"]?["decay"]?["accuracy"])
            #expect(decay["against"]?.string == ServiceFixture.moment(day: 4))
            #expect(try self.ends(decay["interval"]).lowerBound > 0)
            let overlapping = try await service.call(
                .get,
                "/v1/models/m/windows?length=1d&end=\(ServiceFixture.moment(day: 5))&decay_against=\(ServiceFixture.moment(day: 5))"
            )
            #expect(overlapping.status == 422 || overlapping.status == 400)
            for (name, isAbove) in [("accuracy_decay", true), ("accuracy_decay_low", true), ("accuracy_low", true)] {
                let answer = try await service.call(
                    .get,
                    "/api/v1/query?query=driftline_\(name)%7Bsegment%3D%22%22%7D&time=\(ServiceFixture.moment(day: 5))")
                let value = answer.body["data"]?["result"]?.elements?.first?["value"]?.elements?.last?.string
                #expect((Double(try #require(value, "\(name)")) ?? 0 > 0) == isAbove, "\(name)")
            }
        }
    }

    @Test func `what is expected without labels comes true, and is put on trial when they come`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            try await self.fill(service, day: 3, labelled: { _ in false })
            let blind = try #require(try await service.dayWindow(endDay: 4)["estimated_performance"])
            #expect(blind["method"]?.string == "cbpe")
            #expect(blind["trusted"]?.bool == nil)
            let expected = try #require(blind["accuracy"]?.double)
            try await self.fill(service, day: 4)
            try await self.fill(service, day: 5, wrong: { $0 % 2 == 0 })
            let seen = try await service.dayWindow(endDay: 5)
            let truth = try #require(seen["performance"]?["accuracy"]?.double)
            #expect(try self.ends(blind["interval"]?["accuracy"]).contains(truth))
            #expect((expected - truth).magnitude < 0.05)
            #expect(seen["estimated_performance"]?["trusted"]?.bool == true)
            let changed = try await service.dayWindow(endDay: 6)
            #expect(changed["estimated_performance"]?["trusted"]?.bool == false)
            #expect(try #require(changed["estimated_performance"]?["error"]?.double) > 0.1)
            let series: [(String, [Double?])] = [("estimate_trust", [nil, 1, 0]), ("label_maturity", [0, 1, 1])]
            for (measure, values) in series {
                let series = try await service.series(
                    "m",
                    "measure=\(measure)&length=1d&from=\(ServiceFixture.moment(day: 4))&to=\(ServiceFixture.moment(day: 6))"
                )
                #expect(series["value"]?.elements?.map(\.double) == values, "\(measure)")
            }
        }
    }

    @Test func `every expected measure is tried by itself, and the trials are series`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            try await self.fill(service, day: 3)
            try await self.fill(service, day: 4, wrong: { $0 % 2 == 0 })
            for (day, isRight) in [(4, true), (5, false)] {
                let window = try await service.dayWindow(endDay: day)
                let estimated = try #require(window["estimated_performance"])
                for key in ["accuracy", "precision", "recall", "f1", "specificity", "roc_auc", "pr_auc"] {
                    let trial = try #require(estimated["trials"]?[key], "\(key)")
                    let truth = try #require(window["performance"]?[key]?.double, "\(key)")
                    #expect((try #require(trial["truth"]?.double) - truth).magnitude < 1e-12, "\(key)")
                    #expect(trial["trusted"]?.bool == isRight, "\(key) on day \(day)")
                    let span = "length=1d&from=\(ServiceFixture.moment(day: day))&to=\(ServiceFixture.moment(day: day))"
                    let errors = try await service.series("m", "measure=estimated_\(key)_error&\(span)")
                    #expect(errors["value"]?.elements?.map(\.double) == [trial["error"]?.double], "\(key)")
                    let trust = try await service.series("m", "measure=estimated_\(key)_trust&\(span)")
                    #expect(trust["value"]?.elements?.map(\.double) == [isRight ? 1 : 0], "\(key)")
                }
                #expect(estimated["trusted"]?.bool == isRight)
                #expect(estimated["error"]?.double == estimated["trials"]?["accuracy"]?["error"]?.double)
            }
        }
    }

    @Test func `lags, what was known at the end, and reasons are told`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service, withReference: false)
            try await self.fill(service, day: 3, labelled: { $0 % 4 == 0 })
            let window = try await service.dayWindow(endDay: 4)
            let lag = try #require(window["labels_lag"]?["0.5"]?.double)
            #expect(lag >= 21_600 && lag < 21_600 * 1.07)
            let performance = try #require(window["performance"])
            #expect(try #require(performance["at_end"]?["count"]?.double) < 100)
            #expect(performance["count"]?.double == 100)
            #expect(performance["decay"] == nil)
            #expect(performance["corrected"]?["accuracy"]?.double == nil)
            #expect(performance["corrected"]?["reason"]?.string != nil)
            #expect(window["estimated_performance"]?["accuracy"]?.double == nil)
            #expect(window["estimated_performance"]?["reason"]?.string != nil)
            let known = try await service.dayWindow(endDay: 4, more: "&known_at=end")
            #expect(known["performance"]?["roc_auc"]?.double == nil)
            #expect(known["performance"]?["interval"]?["roc_auc"]?.elements == nil)
            #expect(known["performance"]?["at_end"] == nil)
            #expect(known["performance"]?["accuracy"]?.double == performance["at_end"]?["accuracy"]?.double)
        }
    }

    @Test func `early labels of sure predictions are corrected`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            // Nearly all labels are of scores far from the threshold.
            try await self.fill(
                service, day: 3, rows: 1200, labelled: { (Self.row($0).score - 0.5).magnitude > 0.3 || $0 % 7 == 0 })
            try await self.fill(service, day: 4, rows: 1200)
            let early = try #require(try await service.dayWindow(endDay: 4)["performance"])
            let truth = try #require(try await service.dayWindow(endDay: 5)["performance"]?["accuracy"]?.double)
            let naive = try #require(early["accuracy"]?.double)
            let corrected = try #require(early["corrected"]?["accuracy"]?.double)
            #expect(naive > truth + 0.05)
            #expect((corrected - truth).magnitude < 0.03)
            #expect(try self.ends(early["corrected"]?["interval"]?["accuracy"]).contains(truth))
        }
    }

    @Test func `a regression has errors with intervals and no estimate`() async throws {
        try await ServiceFixture.with { service in
            let made = try await service.call(
                .put, "/v1/models/m",
                """
                {"task":"regression","features":{"x":{"type":"numeric"}},"quantile":0.9,
                 "windows":[{"length":"1d","step":"1d"}]}
                """)
            #expect(made.status == 201)
            #expect(made.body["quantile"]?.double == 0.9)
            var (predictions, labels): ([String], [String]) = ([], [])
            for index in 0..<100 {
                predictions.append(
                    """
                    {"prediction_id":"\(index)","timestamp":"\(ServiceFixture.moment(day: 3, hour: index % 24))","features":{"x":1},"prediction":\(index)}
                    """)
                labels.append("{\"prediction_id\":\"\(index)\",\"actual\":\(index + index % 7 - 2)}")
            }
            try await service.send(predictions: predictions, labels: labels, ofDay: 3)
            let window = try await service.dayWindow(endDay: 4)
            let performance = try #require(window["performance"])
            for key in ["mae", "rmse", "r2", "bias", "mape", "pinball"] {
                let value = try #require(performance[key]?.double, "\(key)")
                #expect(try self.ends(performance["interval"]?[key]).contains(value), "\(key)")
            }
            #expect(performance["rmsle"]?.double == nil)
            #expect(window["estimated_performance"]?.double == nil)
            let refused = try await service.call(.put, "/v1/models/m", "{\"quantile\":1}")
            #expect(refused.status == 422 || refused.status == 400)
        }
    }
}
