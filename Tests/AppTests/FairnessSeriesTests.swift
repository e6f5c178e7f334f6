import App
import HTTPTypes
import JSON
import Testing

/// Gaps between groups as series.
@Suite(.timeLimit(.minutes(15)))
struct FairnessSeriesTests {
    private static let both = "length=24h&from=2026-02-02T00:00:00Z&to=2026-02-04T00:00:00Z"

    private static func service(
        _ body: @escaping @Sendable (ServiceFixture) async throws -> Void
    ) async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            let later = SegmentedLog.blocks.filter { $0.country == "DE" }
            try await SegmentedLog.send(later, service, prefix: "s", day: "2026-02-03")
            try await service.call(.post, "/v1/models/m/watermark", #"{"to":"2026-02-05T00:00:00Z"}"#)
            try await body(service)
        }
    }

    @Test(arguments: [
        "demographic_parity", "equal_opportunity", "equalised_odds", "predictive_parity", "accuracy_parity",
    ])
    func `a series has the gap of each window, and null where groups cannot be compared`(name: String) async throws {
        try await Self.service { service in
            let page = try await service.call(.get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country").body
            let series = try await service.series("m", "measure=fairness_\(name)&feature=country&\(Self.both)")
            let (ends, values) = (series["end"]?.elements ?? [], series["value"]?.elements ?? [])
            #expect(ends.count == 49 && values.count == 49)
            #expect(ends.first?.string == SegmentedLog.end)
            #expect(values.first?.double == page.at(name, "difference").double)
            #expect(values.first?.double != nil)
            // A day of one group alone, and one without rows.
            #expect(values.last == .null)
            #expect(series["count"]?.elements?.first?.int64 == 300)
            #expect(series["count"]?.elements?.last?.int64 == 100)
            let tests = try await service.series(
                "m", "measure=fairness_\(name)_p_value&feature=country&\(Self.both)")
            #expect(tests["value"]?.elements?.first?.double == page.at(name, "p_value").double)
        }
    }

    @Test func `rules and dashboards read them with their intervals`() async throws {
        try await Self.service { service in
            func query(_ text: String) async throws -> [JSONNode] {
                let escaped = text.replacing("{", with: "%7B").replacing("}", with: "%7D").replacing("\"", with: "%22")
                    .replacing("=", with: "%3D").replacing(" ", with: "%20").replacing(">", with: "%3E")
                let answer = try await service.call(.get, "/api/v1/query?query=\(escaped)&time=2026-02-02T00:00:00Z")
                #expect(answer.status == 200)
                return answer.body.at("data", "result").elements ?? []
            }
            let page = try await service.call(.get, "/v1/models/m/fairness?\(SegmentedLog.window)&by=country").body
            let gap = page["equal_opportunity"] ?? .null
            for (suffix, expected) in [
                ("", gap["difference"]), ("_low", gap.at("interval", "0")), ("_high", gap.at("interval", "1")),
            ] {
                let found = try await query("driftline_fairness_equal_opportunity\(suffix){feature=\"country\"}")
                #expect(found.count == 1)
                let labels = found.first?["metric"] ?? .null
                #expect(labels["feature"]?.string == "country" && labels["window"]?.string == "24h")
                #expect(labels["segment"] == nil && labels["version"] == nil && labels["reference"] == nil)
                let value = found.first?["value"]?.elements?.last?.string.flatMap(Double.init)
                #expect(value == expected?.double)
            }
            let crossed = try await query("driftline_fairness_demographic_parity{feature=\"country,device\"}")
            #expect(crossed.count == 1)
            #expect(try await query("driftline_fairness_demographic_parity{segment=\"country=DE\"}").isEmpty)
            #expect(try await query("driftline_fairness_demographic_parity > 0.2").count == 2)
        }
    }

    @Test(arguments: [
        "measure=fairness_accuracy_parity", "measure=fairness_accuracy_parity&feature=device",
        "measure=fairness_accuracy_parity&feature=country&segment=country%3DDE",
        "measure=fairness_none&feature=country",
    ])
    func `what cannot be compared is refused with what can`(query: String) async throws {
        try await Self.service { service in
            let answer = try await service.call(.get, "/v1/models/m/series?\(query)&length=24h")
            #expect(answer.status == 422)
        }
    }
}
