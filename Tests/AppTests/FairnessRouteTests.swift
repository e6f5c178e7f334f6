import App
import HTTPTypes
import JSON
import Monitoring
import Testing

@Suite(.timeLimit(.minutes(15)))
struct FairnessRouteTests {
    @Test func `criteria follow from the counts of the groups`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            var blocks = SegmentedLog.blocks
            blocks.append(.init(country: "LI", version: "1", prediction: 1, actual: 0, count: 3))
            try await SegmentedLog.send(blocks, service)
            let answer = try await service.call(.get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country")
            #expect(answer.status == 200)
            let body = answer.body
            #expect(body["selection_basis"]?.string == "predictions")
            #expect(body.at("rows", "all").int64 == 310 && body.at("rows", "outside").int64 == 7)
            #expect(body["groups"]?.elements?.count == 3)
            let small = body["groups"]?.element("segment", "country=LI")
            #expect(small?["insufficient"]?.elements?.count == 5)
            let parity = body.at("demographic_parity")
            #expect(close(parity["difference"], 0.6 - 0.3) && close(parity["ratio"], 0.5))
            #expect(parity["high"]?.string == "country=DE" && parity["low"]?.string == "country=FR")
            #expect(parity["interval"]?.elements?.count == 2)
            #expect((parity["p_value"]?.double ?? 1) < 1e-5)
            #expect(close(body.at("equal_opportunity", "difference"), 0.8 - 55.0 / 70))
            #expect(close(body.at("equalised_odds", "difference"), 0.4 - 5.0 / 130))
            #expect(body.at("equalised_odds", "rate").string == "false_positive_rate")
            #expect(close(body.at("predictive_parity", "difference"), 55.0 / 60 - 40.0 / 60))
            #expect(close(body.at("accuracy_parity", "difference"), 0.2))
            let against = try await service.call(
                .get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country&reference_group=DE"
            ).body
            #expect(against["reference_group"]?.string == "country=DE")
            #expect(close(against.at("demographic_parity", "difference"), -0.3))
        }
    }

    @Test func `groups that are all too small give null with a reason`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            let body = try await service.call(
                .get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country&smallest=1000"
            ).body
            for name in ["demographic_parity", "equal_opportunity", "equalised_odds", "predictive_parity"] {
                #expect(body.at(name, "difference") == .null)
                #expect(body.at(name, "reason").string?.contains("1000") == true)
            }
        }
    }

    @Test func `a regression compares mean residuals`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service, task: "regression")
            var (rows, labels): ([String], [String]) = ([], [])
            for row in 0..<80 {
                let country = row % 2 == 0 ? "DE" : "FR"
                rows.append(
                    "{\"prediction_id\":\"r\(row)\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"features\":{\"country\":\"\(country)\"},\"prediction\":\(row % 4)}"
                )
                labels.append("{\"prediction_id\":\"r\(row)\",\"actual\":\(row % 2 == 0 ? 1 : 0)}")
            }
            try await SegmentedLog.post("predictions", rows, service)
            try await SegmentedLog.post("labels", labels, service)
            let body = try await service.call(
                .get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country"
            ).body
            // DE predicts 0 and 2 for 1, FR predicts 1 and 3 for 0.
            #expect(close(body.at("groups", "0", "mean_residual", "value"), 0))
            #expect(close(body.at("mean_residual_parity", "difference"), 2))
            #expect(body.at("mean_residual_parity", "high").string == "country=FR")
            #expect(body["positive_class"] == .null && body["demographic_parity"] == nil)
        }
    }

    @Test func `several classes need one that counts as positive`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service, task: "multiclass")
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            let path = "/v1/models/m/fairness?\(SegmentedLog.window)&by=country"
            #expect(try await service.call(.get, path).status == 422)
            let body = try await service.call(.get, path + "&class=1").body
            #expect(close(body.at("demographic_parity", "difference"), 0.3))
        }
    }

    @Test(arguments: [
        "", "by=x", "by=country&reference_group=XX", "by=country&smallest=0", "by=country&smallest=1e9",
        "by=country&class=", "by=country&unknown=1",
    ])
    func `hostile parameters are refused`(query: String) async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            let answer = try await service.call(.get, "/v1/models/m/fairness?\(SegmentedLog.window)&\(query)")
            let status = query.hasSuffix("class=") ? 200 : query.contains("unknown") ? 400 : 422
            #expect(answer.status == status)
        }
    }

    private func close(_ node: JSONNode?, _ value: Double) -> Bool {
        node?.double.map { ($0 - value).magnitude < 1e-12 } ?? false
    }
}
