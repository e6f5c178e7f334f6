import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Testing

/// Expressions that look at stretches of windows, in queries and in rules.
@Suite(.timeLimit(.minutes(15)))
struct RangeExpressionTests {
    /// A model with 1, 2, 3 and 4 rows in its first four hours.
    private static func model(_ service: ServiceFixture) async throws {
        try await service.call(
            .put, "/v1/models/m",
            #"{"task":"none","features":{"x":{"type":"numeric"}},"windows":[{"length":"1h","step":"1h"}]}"#)
        var rows: [String] = []
        for hour in 0..<4 {
            for row in 0...hour {
                rows.append(
                    #"{"prediction_id":"\#(hour)-\#(row)","timestamp":"2026-02-01T0\#(hour):00:00Z","features":{"x":\#(hour)}}"#
                )
            }
        }
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", rows.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200)
        try await service.call(.post, "/v1/models/m/watermark", #"{"to":"2026-02-01T04:00:00Z"}"#)
    }

    @Test(arguments: [
        ("count_over_time(driftline_predictions[3h])", 4), ("avg_over_time(driftline_predictions[3h])", 2.5),
        ("max_over_time(driftline_predictions[1h] offset 2h)", 2), ("delta(driftline_predictions[3h])", 3),
        ("predict_linear(driftline_predictions[3h], 7200)", 6), ("driftline_predictions @ 1769911200", 2),
        ("sum_over_time((driftline_predictions * 2)[2h:1h])", 18), ("last_over_time(driftline_mean[2h])", 3),
        ("absent_over_time(driftline_psi[4h])", 1), ("quantile_over_time(0.5, driftline_predictions[2h])", 3),
        ("count_values(\"v\", driftline_predictions)", 1), ("deriv(driftline_predictions[3h]) * 3600", 1),
    ])
    func `a query sees all windows of a stretch`(text: String, expected: Double) async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let query = text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let answer = try await service.call(.get, "/api/v1/query?query=\(query)&time=2026-02-01T04:00:00Z")
            let value = answer.body["data"]?["result"]?.elements?.first?["value"]?.elements?.last?.string
            #expect(value.flatMap(Double.init).map { abs($0 - expected) < 1e-9 } == true, "\(answer)")
        }
    }

    @Test func `a range by itself is a matrix, and no range query`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let path = "query=driftline_predictions%5B2h%5D"
            let matrix = try await service.call(.get, "/api/v1/query?\(path)&time=2026-02-01T04:00:00Z").body["data"]
            #expect(matrix?["resultType"]?.string == "matrix")
            #expect(matrix?["result"]?.elements?.first?["values"]?.elements?.count == 3)
            let times = "start=2026-02-01T00:00:00Z&end=2026-02-01T04:00:00Z&step=1h"
            #expect(try await service.call(.get, "/api/v1/query_range?\(path)&\(times)").status == 400)
        }
    }

    @Test func `a rule over a stretch fires when the stretch says so, and not before`() async throws {
        try await ServiceFixture.with { service in
            let rule = """
                groups:
                - name: g
                  rules:
                  - alert: Busy
                    expr: avg_over_time(driftline_predictions[3h]) > 2.2
                  - record: m:rows
                    expr: sum(driftline_predictions)
                  - alert: Growing
                    expr: delta(m:rows[2h]) > 1.5
                """
            let put = try await service.call(.put, "/v1/rules/api/r.yaml/g", rule, type: "application/yaml")
            #expect(put.status < 300, "\(put)")
            try await Self.model(service)
            var state = RuleEvaluator.State()
            let evaluator = RuleEvaluator(
                store: service.store, models: service.models, peers: service.peers, settings: service.active,
                counters: service.counters,
                holder: "test", mostAge: .zero, now: { service.time.now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await evaluator.judgeAll(&state)
            let alerts = try await service.call(.get, "/v1/alerts?state=firing").body
            let names = (alerts["alerts"]?.elements ?? alerts.elements ?? []).compactMap {
                $0["labels"]?["alertname"]?.string
            }
            #expect(names.sorted() == ["Busy", "Growing"], "\(alerts)")
        }
    }
}
