import App
import HTTPTypes
import JSON
import Testing

/// Groups, pairs and splits of rows that weigh unlike, over HTTP.
@Suite(.timeLimit(.minutes(15)))
struct WeightedGroupTests {
    /// A log in which rows of DE that are predicted positive were kept one in four and weigh 4.
    private static func send(
        _ service: ServiceFixture, isWeighted: Bool, version: String = "1", ids: String = "r",
        flip: (Int) -> Bool = { _ in false }
    ) async throws {
        var (rows, labels): ([String], [String]) = ([], [])
        for row in 0..<400 {
            let country = row % 2 == 0 ? "DE" : "FR"
            let positive = row % 5 < 2
            let weight = isWeighted && country == "DE" && positive ? ",\"weight\":4" : ""
            let right = (row % 7 != 0) != flip(row)
            rows.append(
                """
                {"prediction_id":"\(ids)\(row)","timestamp":"2026-02-01T10:00:00Z","model_version":"\(version)",\
                "features":{"x":1,"country":"\(country)","device":"ios"},"prediction":"\(positive ? 1 : 0)",\
                "score":\(positive ? 0.9 : 0.1)\(weight)}
                """)
            labels.append("{\"prediction_id\":\"\(ids)\(row)\",\"actual\":\"\(positive == right ? 1 : 0)\"}")
        }
        try await SegmentedLog.post("predictions", rows, service)
        try await SegmentedLog.post("labels", labels, service)
    }

    @Test func `rates of groups go by weight, their intervals by effective rows`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send(service, isWeighted: true)
            let body = try await service.call(.get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country").body
            let groups = try #require(body["groups"])
            let german = groups.element("segment", "country=DE").at("rates", "selection_rate")
            let french = groups.element("segment", "country=FR").at("rates", "selection_rate")
            // 80 rows of weight 4 of 80 x 4 + 120.
            #expect(close(german["value"], 320.0 / 440))
            #expect(german["hits"]?.int64 == 80 && german["count"]?.int64 == 200)
            #expect(close(german["effective_count"], 440.0 * 440 / (80 * 16 + 120)))
            #expect(close(french["value"], 0.4))
            #expect(french["effective_count"] == nil)
            #expect(close(body.at("demographic_parity", "difference"), 320.0 / 440 - 0.4))
            // Without labels or intervals the series has the same value.
            let series = try await service.series(
                "m",
                "measure=fairness_demographic_parity&feature=country&length=24h&from=\(SegmentedLog.end)&to=\(SegmentedLog.end)"
            )
            #expect(close(series["value"]?.elements?.first, 320.0 / 440 - 0.4))
        }
    }

    @Test func `segments are told apart by weight`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send(service, isWeighted: true) { $0 % 2 == 0 && $0 % 5 < 2 && $0 % 3 == 0 }
            let path = "/v1/models/m/segments?\(SegmentedLog.window)&by=country"
            let worst = try await service.call(.get, path).body.at("worst", "segments", "0")
            #expect(worst["segment"]?.string == "country=DE")
            let window = try await service.call(
                .get, "/v1/models/m/windows?\(SegmentedLog.window)&segment=country%3DDE"
            ).body
            // The same number as the window of the segment has.
            #expect(close(worst["value"], window.at("performance", "accuracy").double ?? -1))
            let rest = try await service.call(
                .get, "/v1/models/m/windows?\(SegmentedLog.window)&segment=country%3DFR"
            ).body
            #expect(close(worst["rest"], rest.at("performance", "accuracy").double ?? -1))
        }
    }

    @Test func `two versions are paired by weight`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send(service, isWeighted: true)
            // The same ids and weights, another version that answers otherwise in every tenth row.
            var rows: [String] = []
            var (difference, all) = (0.0, 0.0)
            for row in 0..<400 {
                let isGerman = row % 2 == 0
                let before = row % 5 < 2
                let after = row % 10 == 0 ? !before : before
                let weight = isGerman && before ? 4.0 : 1
                let truth = before == (row % 7 != 0)
                difference += weight * ((after == truth ? 1 : 0) - (before == truth ? 1 : 0))
                all += weight
                rows.append(
                    """
                    {"prediction_id":"r\(row)","timestamp":"2026-02-01T10:00:00Z","model_version":"2",\
                    "features":{"x":1,"country":"\(isGerman ? "DE" : "FR")","device":"ios"},\
                    "prediction":"\(after ? 1 : 0)","score":\(after ? 0.9 : 0.1),"weight":\(weight)}
                    """)
            }
            try await SegmentedLog.post("predictions", rows, service)
            let paired =
                try await service.call(
                    .get, "/v1/models/m/versions/compare?a=1&b=2&\(SegmentedLog.window)"
                ).body["paired"] ?? .null
            #expect(close(paired["weight"], all))
            #expect(close(paired.at("accuracy", "difference"), difference / all))
            #expect(paired.at("accuracy", "mcnemar", "only_a_right").int64 ?? 0 > 0)
            #expect(paired.at("roc_auc", "difference").double != nil)
            let brier = try #require(paired.at("brier", "difference").double)
            #expect(abs(brier - -difference / all * 0.8) < 1e-9)
        }
    }

    @Test func `a loss of accuracy by weight is split into mix and behaviour that add up to it`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await Self.send(service, isWeighted: true) { $0 % 3 == 0 }
            let reference =
                "x,country,device,prediction,score,actual\n"
                + (0..<300).map {
                    "1,\($0 % 3 == 0 ? "DE" : "FR"),ios,\($0 % 2),0.\($0 % 2 == 0 ? 1 : 9),\($0 % 10 == 0 ? 1 - $0 % 2 : $0 % 2)"
                }
                .joined(separator: "\n")
            let put = try await service.call(
                .put, "/v1/models/m/references/training", reference, type: "text/csv")
            #expect(put.status == 201)
            let body = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&measure=psi"
            ).body
            let window = try await service.call(.get, "/v1/models/m/windows?\(SegmentedLog.window)").body
            let performance = body["performance"] ?? .null
            #expect(close(performance["after"], window.at("performance", "accuracy").double ?? -1))
            let split = try #require(performance["by_segment"]?.elements?.first)
            let sum = (split["mix"]?.double ?? .nan) + (split["behaviour"]?.double ?? .nan)
            #expect(close(performance["difference"], sum))
            let german = split["parts"]?.element("group", "country=DE") ?? .null
            #expect(german["after_count"]?.int64 == 200)
            #expect(close(german["after_weight"], 440))
            #expect(german["before_weight"] == nil)
        }
    }

    private func close(_ node: JSONNode?, _ value: Double) -> Bool {
        node?.double.map { ($0 - value).magnitude < 1e-10 } ?? false
    }
}
