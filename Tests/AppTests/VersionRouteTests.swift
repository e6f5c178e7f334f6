import App
import HTTPTypes
import JSON
import Monitoring
import Testing

@Suite(.timeLimit(.minutes(15)))
struct VersionRouteTests {
    private static let compare = "/v1/models/m/versions/compare?\(SegmentedLog.window)&a=2&b=3"

    /// Sends rows of one id scored by versions 2 and 3, and the label of each.
    private static func send(
        _ groups: [(count: Int, actual: String, first: String, second: String)], _ service: ServiceFixture,
        prefix: String = "p"
    ) async throws {
        var (rows, labels): ([String], [String]) = ([], [])
        var place = 0
        for group in groups {
            for _ in 0..<group.count {
                let id = "\(prefix)\(place)"
                place += 1
                for (version, said) in [("2", group.first), ("3", group.second)] {
                    rows.append(
                        "{\"prediction_id\":\"\(id)\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"model_version\":\"\(version)\",\"features\":{\"x\":1},\(said)}"
                    )
                }
                if !group.actual.isEmpty {
                    labels.append("{\"prediction_id\":\"\(id)\",\"actual\":\"\(group.actual)\"}")
                }
            }
        }
        try await SegmentedLog.post("predictions", rows, service)
        try await SegmentedLog.post("labels", labels, service)
    }

    private static func said(_ prediction: Int, _ score: Double) -> String {
        "\"prediction\":\"\(prediction)\",\"score\":\(score)"
    }

    @Test func `versions are listed with their first and last event`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            try await SegmentedLog.send(
                [.init(country: "DE", version: "2", prediction: 1, actual: nil, count: 4)], service, prefix: "later",
                day: "2026-02-03")
            let answer = try await service.call(.get, "/v1/models/m/versions")
            #expect(answer.status == 200)
            let second = answer.body["versions"]?.element("version", "2")
            #expect(second?["predictions"]?.int64 == 211 && second?["labels"]?.int64 == 200)
            #expect(second?["first"]?.string == "2026-02-01T10:00:00Z")
            #expect(second?["last"]?.string == "2026-02-03T10:00:00Z")
            let bounded = try await service.call(.get, "/v1/models/m/versions?to=2026-02-02T00:00:00Z").body
            #expect(bounded["versions"]?.element("version", "2")["predictions"]?.int64 == 207)
            #expect(
                try await service.call(.get, "/v1/models/m/versions?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z")
                    .status == 422)
        }
    }

    @Test func `rows that both versions scored are compared in pairs, the others apart`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send(
                [
                    (30, "1", Self.said(1, 0.8), Self.said(1, 0.9)), (2, "1", Self.said(1, 0.7), Self.said(0, 0.4)),
                    (12, "1", Self.said(0, 0.4), Self.said(1, 0.6)), (40, "0", Self.said(0, 0.2), Self.said(0, 0.1)),
                    (5, "", Self.said(0, 0.2), Self.said(0, 0.3)),
                ], service)
            // Only version 3 scored these.
            try await SegmentedLog.send(
                [.init(country: "DE", version: "3", prediction: 0, actual: 1, count: 10, score: 0.2)], service)
            let answer = try await service.call(.get, Self.compare)
            #expect(answer.status == 200)
            let body = answer.body
            #expect(body.at("a", "predictions").int64 == 89 && body.at("b", "predictions").int64 == 99)
            #expect(close(body.at("difference", "accuracy", "value"), 82.0 / 94 - 72.0 / 84))
            #expect(body.at("difference", "accuracy", "interval").elements?.count == 2)
            let paired = body.at("paired")
            #expect(paired["ids"]?.int64 == 89 && paired["labelled"]?.int64 == 84)
            #expect(paired["truncated"]?.bool == false)
            #expect(close(paired["agreement"], 75.0 / 89))
            let accuracy = paired.at("accuracy")
            #expect(close(accuracy["difference"], 10.0 / 84))
            #expect(accuracy.at("mcnemar", "only_a_right").int64 == 2)
            #expect(accuracy.at("mcnemar", "only_b_right").int64 == 12)
            #expect(accuracy.at("mcnemar", "method").string == "exact")
            // scipy.stats.binomtest(2, 14).pvalue
            #expect(close(accuracy.at("mcnemar", "p_value"), 0.01293945312500001))
            #expect(paired.at("roc_auc", "positives").int64 == 44)
            #expect(close(paired.at("roc_auc", "a"), 1) && close(paired.at("roc_auc", "b"), 1))
            #expect(close(paired.at("roc_auc", "p_value"), 1))
            let brier = (30 * (0.01 - 0.04) + 2 * (0.36 - 0.09) + 12 * (0.16 - 0.36) + 40 * (0.01 - 0.04)) / 84
            #expect(close(paired.at("brier", "difference"), brier))
            #expect(paired.at("log_loss", "count").int64 == 84)
        }
    }

    @Test func `a corrected label counts once, by what it says now`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send([(10, "1", Self.said(1, 0.8), Self.said(0, 0.3))], service)
            for id in 0..<4 {
                try await service.call(
                    .post, "/v1/models/m/labels",
                    "[{\"prediction_id\":\"p\(id)\",\"actual\":\"0\",\"timestamp\":\"2026-02-28T00:00:00Z\"}]")
            }
            let paired = try await service.call(.get, Self.compare).body.at("paired")
            #expect(paired["labelled"]?.int64 == 10)
            #expect(paired.at("accuracy", "mcnemar", "only_b_right").int64 == 4)
            #expect(paired.at("accuracy", "mcnemar", "only_a_right").int64 == 6)
        }
    }

    @Test func `a regression compares errors on the same rows`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service, task: "regression")
            var (rows, labels): ([String], [String]) = ([], [])
            for row in 0..<40 {
                for (version, said) in [("2", row + 2), ("3", row + (row % 2 == 0 ? 1 : -3))] {
                    rows.append(
                        "{\"prediction_id\":\"r\(row)\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"model_version\":\"\(version)\",\"features\":{\"x\":1},\"prediction\":\(said)}"
                    )
                }
                labels.append("{\"prediction_id\":\"r\(row)\",\"actual\":\(row)}")
            }
            try await SegmentedLog.post("predictions", rows, service)
            try await SegmentedLog.post("labels", labels, service)
            let body = try await service.call(.get, Self.compare).body
            #expect(close(body.at("paired", "absolute_error", "difference"), 0))
            #expect(close(body.at("paired", "absolute_error", "p_value"), 1))
            #expect(close(body.at("paired", "squared_error", "difference"), 1))
            #expect(close(body.at("difference", "mae", "value"), 0))
            #expect(body.at("paired")["accuracy"] == nil)
        }
    }

    @Test(arguments: ["a=2", "b=3", "a=2&b=2", "a=2&b=none", "a=2&b=3&x=1", "a=&b=3", "a=%00&b=3"])
    func `versions that cannot be compared are refused`(query: String) async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send([(3, "1", Self.said(1, 0.8), Self.said(0, 0.3))], service)
            let answer = try await service.call(
                .get, "/v1/models/m/versions/compare?\(SegmentedLog.window)&\(query)")
            #expect(answer.status == (query.hasSuffix("x=1") ? 400 : 422))
        }
    }

    private func close(_ node: JSONNode?, _ value: Double) -> Bool {
        node?.double.map { ($0 - value).magnitude < 1e-10 } ?? false
    }
}
