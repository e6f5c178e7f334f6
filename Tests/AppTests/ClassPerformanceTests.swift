import HTTPTypes
import JSON
import Monitoring
import Store
import Synchronization
import TestSupport
import Testing

/// Areas, ranks and estimates of a model with many classes, over HTTP.
@Suite(.timeLimit(.minutes(15)))
struct ClassPerformanceTests {
    private static let names = ["ash", "birch", "cedar", "elm"]

    /// Scores of four classes in hundredths, and the class that comes true: each as often as its score says.
    private static func row(_ row: Int) -> (scores: [Int], best: Int, actual: Int) {
        let tops = [(70, 10), (55, 20), (85, 5), (40, 30)][row % 4]
        let best = row / 4 % 4
        var scores = [Int](repeating: 0, count: 4)
        scores[best] = tops.0
        scores[(best + 1) % 4] = tops.1
        scores[(best + 2) % 4] = 100 - tops.0 - tops.1
        var draw = (row * 37 + row / 16 * 11) % 100
        var actual = 0
        while draw >= scores[actual] {
            draw -= scores[actual]
            actual += 1
        }
        return (scores, best, actual)
    }

    private static func scores(_ row: Int) -> String {
        zip(names, Self.row(row).scores).map { "\"\($0)\":\(Double($1) / 100)" }.joined(separator: ",")
    }

    private func model(_ service: ServiceFixture) async throws {
        let made = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"multiclass","features":{"x":{"type":"numeric"}},"windows":[{"length":"1d","step":"1d"}]}
            """)
        #expect(made.status == 201)
        try await fill(service, day: 0, rows: 1600)
        let kept = try await service.call(
            .put, "/v1/models/m/references/training",
            "{\"from\":\"\(ServiceFixture.moment(day: 0))\",\"to\":\"\(ServiceFixture.moment(day: 1))\"}")
        #expect([200, 201].contains(kept.status), "\(kept.body)")
    }

    /// A day of rows; the labels come six hours later, where `shift` says by how many classes further on.
    private func fill(
        _ service: ServiceFixture, day: Int, rows: Int = 400, shift: Int? = 0
    ) async throws {
        var (predictions, labels): ([String], [String]) = ([], [])
        for index in 0..<rows {
            let row = Self.row(index)
            predictions.append(
                """
                {"prediction_id":"\(day)-\(index)","timestamp":"\(ServiceFixture.moment(day: day, hour: index % 24))","features":{"x":1},\
                "prediction":"\(Self.names[row.best])","scores":{\(Self.scores(index))}}
                """)
            guard let shift else { continue }
            labels.append(
                """
                {"prediction_id":"\(day)-\(index)","actual":"\(Self.names[(row.actual + shift) % 4])",\
                "timestamp":"\(ServiceFixture.moment(day: day, hour: index % 24 + 6))"}
                """)
        }
        try await service.send(predictions: predictions, labels: labels, ofDay: day)
    }

    /// The area under the ROC curve of one class against the rest, pair by pair.
    private static func area(_ name: Int, rows: Int) -> Double {
        var (wins, pairs) = (0.0, 0.0)
        for left in 0..<rows where row(left).actual == name {
            for right in 0..<rows where row(right).actual != name {
                let (high, low) = (row(left).scores[name], row(right).scores[name])
                wins += high > low ? 1 : high == low ? 0.5 : 0
                pairs += 1
            }
        }
        return wins / pairs
    }

    private static let areas = ["roc_auc_macro", "roc_auc_weighted", "pr_auc_macro", "pr_auc_weighted"]

    @Test func `each class has its areas, and the means are series, also after a restart that folds the log again`()
        async throws
    {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            let before = Mutex<JSONNode>(.null)
            try await ServiceFixture.on(pool) { service in
                try await self.model(service)
                try await self.fill(service, day: 3)
                let window = try await service.dayWindow(endDay: 4)
                let performance = try #require(window["performance"])
                let classes = try #require(performance["classes"]?.elements)
                #expect(classes.map { $0["class"]?.string } == Self.names)
                var sum = 0.0
                for (place, entry) in classes.enumerated() {
                    let value = try #require(entry["roc_auc"]?.double)
                    // Scores in hundredths have cells of their own.
                    #expect((value - Self.area(place, rows: 400)).magnitude < 1e-12)
                    #expect(try #require(entry["interval"]?["roc_auc"]?.elements).count == 2)
                    #expect(try #require(entry["roc_auc_error_bound"]?.double) > 0)
                    #expect(entry["pr_auc"]?.double != nil && entry["interval"]?["pr_auc"]?.elements?.count == 2)
                    sum += value
                }
                #expect((try #require(performance["roc_auc_macro"]?.double) - sum / 4).magnitude < 1e-12)
                for key in Self.areas {
                    let value = try #require(performance[key]?.double, "\(key)")
                    #expect(performance["interval"]?[key]?.elements?.count == 2, "\(key)")
                    #expect(try #require(performance["\(key)_error_bound"]?.double) > 0, "\(key)")
                    #expect(performance["decay"]?[key]?["worse"]?.bool == false, "\(key)")
                    let series = try await service.series(
                        "m",
                        "measure=\(key)&length=1d&from=\(ServiceFixture.moment(day: 4))&to=\(ServiceFixture.moment(day: 4))"
                    )
                    #expect(series["value"]?.elements?.map(\.double) == [value], "\(key)")
                    let low = try await self.query(service, "driftline_\(key)_low", at: 4)
                    #expect(try #require(low) < value, "\(key)")
                }
                before.withLock { $0 = window }
            }
            try await ServiceFixture.on(pool) { service in
                let after = try await service.dayWindow(endDay: 4)
                let told = before.withLock { $0 }
                for key in ["performance", "estimated_performance"] { #expect(after[key] == told[key], "\(key)") }
            }
        }
    }

    private func query(_ service: ServiceFixture, _ name: String, at day: Int) async throws -> Double? {
        let answer = try await service.call(
            .get,
            "/api/v1/query?query=\(name)%7Bsegment%3D%22%22,version%3D%22%22%7D&time=\(ServiceFixture.moment(day: day))"
        )
        let value = answer.body["data"]?["result"]?.elements?.first?["value"]?.elements?.last?.string
        return value.flatMap(Double.init)
    }

    @Test func `accuracy is told for as many places as are fewer than the classes`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            try await self.fill(service, day: 3)
            let performance = try #require(try await service.dayWindow(endDay: 4)["performance"])
            var shares: [Double] = []
            for places in 1...3 {
                let expected = (0..<400).count { index in
                    let row = Self.row(index)
                    // Equal scores are in the order of their names.
                    let above = row.scores.indices.count { other in
                        row.scores[other] > row.scores[row.actual]
                            || other < row.actual && row.scores[other] == row.scores[row.actual]
                    }
                    return above < places
                }
                let value = try #require(performance["accuracy_at_\(places)"]?.double)
                #expect((value - Double(expected) / 400).magnitude < 1e-12, "\(places)")
                shares.append(value)
            }
            #expect(shares == shares.sorted() && shares[0] == performance["accuracy"]?.double)
            #expect(performance["accuracy_at_5"]?.double == 1)
            for places in [4, 6, 10] { #expect(performance["accuracy_at_\(places)"] == nil) }
            let series = try await service.series(
                "m",
                "measure=accuracy_at_2&length=1d&from=\(ServiceFixture.moment(day: 4))&to=\(ServiceFixture.moment(day: 4))"
            )
            #expect(series["value"]?.elements?.map(\.double) == [shares[1]])
        }
    }

    @Test func `what is expected of the classes is tried measure by measure, as series of their own`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            try await self.fill(service, day: 3, shift: nil)
            try await self.fill(service, day: 4)
            try await self.fill(service, day: 5, shift: 1)
            let blind = try #require(try await service.dayWindow(endDay: 4)["estimated_performance"])
            #expect(blind["trials"]?.members?.isEmpty == true)
            let seen = try await service.dayWindow(endDay: 5)
            let changed = try await service.dayWindow(endDay: 6)
            for key in ["accuracy", "precision_macro", "recall_macro", "f1_macro", "roc_auc_macro", "pr_auc_macro"] {
                let expected = try #require(blind[key]?.double, "\(key)")
                let truth = try #require(seen["performance"]?[key]?.double, "\(key)")
                #expect((expected - truth).magnitude < 0.06, "\(key) \(expected) \(truth)")
                #expect(blind["interval"]?[key]?.elements?.count == 2, "\(key)")
                // Many rows of one score look like rows of different scores in its cell, whose order is not known.
                let bound = try #require(blind["error_bound"]?[key]?.double)
                #expect(bound < (key.contains("auc") ? 0.5 : 0.05), "\(key) \(bound)")
                let trial = try #require(seen["estimated_performance"]?["trials"]?[key], "\(key)")
                #expect(trial["trusted"]?.bool == true, "\(key)")
                #expect(trial["truth"]?.double == truth, "\(key)")
                let failed = try #require(changed["estimated_performance"]?["trials"]?[key], "\(key)")
                #expect(failed["trusted"]?.bool == false, "\(key)")
                let error = try #require(failed["error"]?.double)
                #expect(error > 0.1, "\(key)")
                let span = "length=1d&from=\(ServiceFixture.moment(day: 4))&to=\(ServiceFixture.moment(day: 6))"
                let trust = try await service.series("m", "measure=estimated_\(key)_trust&\(span)")
                #expect(trust["value"]?.elements?.map(\.double) == [nil, 1, 0], "\(key)")
                let errors = try await service.series("m", "measure=estimated_\(key)_error&\(span)")
                #expect(errors["value"]?.elements?.last?.double == error, "\(key)")
                #expect(try await self.query(service, "driftline_estimated_\(key)_trust", at: 6) == 0, "\(key)")
                #expect(
                    (try #require(try await self.query(service, "driftline_estimated_\(key)_error", at: 6)) - error)
                        .magnitude < 1e-9, "\(key)")
            }
            #expect(seen["estimated_performance"]?["class_reason"] == nil)
            let unknown = try await service.call(
                .get,
                "/v1/models/m/series?measure=accuracy_trust&length=1d&from=\(ServiceFixture.moment(day: 4))&to=\(ServiceFixture.moment(day: 6))"
            )
            #expect(unknown.status == 422 || unknown.status == 400)
        }
    }

    @Test func `a class without rows and a model without class scores say why there is no mean`() async throws {
        try await ServiceFixture.with { service in
            try await self.model(service)
            let row = """
                {"prediction_id":"p","timestamp":"\(ServiceFixture.moment(day: 7, hour: 1))","features":{"x":1},"prediction":"ash",\
                "scores":{"ash":0.6,"birch":0.4}}
                """
            try await service.call(.post, "/v1/models/m/predictions", row)
            try await service.call(
                .post, "/v1/models/m/labels",
                "{\"prediction_id\":\"p\",\"actual\":\"ash\",\"timestamp\":\"\(ServiceFixture.moment(day: 7, hour: 2))\"}"
            )
            let one = try await service.dayWindow(endDay: 8)
            #expect(one["performance"]?["roc_auc_macro"] == .null)
            let reason = one["performance"]?["reasons"]?["roc_auc_macro"]?.string
            #expect(reason == "missing_class")
            let plain = """
                {"prediction_id":"q","timestamp":"\(ServiceFixture.moment(day: 8, hour: 1))","features":{"x":1},"prediction":"ash","score":0.6}
                """
            try await service.call(.post, "/v1/models/m/predictions", plain)
            try await service.call(
                .post, "/v1/models/m/labels",
                "{\"prediction_id\":\"q\",\"actual\":\"ash\",\"timestamp\":\"\(ServiceFixture.moment(day: 8, hour: 2))\"}"
            )
            let none = try await service.dayWindow(endDay: 9)
            for key in Self.areas + ["accuracy_at_3"] {
                #expect(
                    none["performance"]?["reasons"]?[key]?.string == "no_class_scores",
                    "\(key)")
            }
            #expect(
                none["estimated_performance"]?["class_reason"]?.string
                    == "some rows have no scores of their classes, or no predicted class")
        }
    }
}
