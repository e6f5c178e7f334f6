import App
import HTTPTypes
import JSON
import Monitoring
import TestSupport
import Testing

/// Thresholds and verdicts over HTTP: in windows and as series.
@Suite(.timeLimit(.minutes(15)))
struct ThresholdTests {
    private static let end = "2026-01-02T00:00:00Z"

    /// A model with a reference, and a day of 100 rows of which `x` moved and `y` did not.
    private static func fill(_ service: ServiceFixture) async throws {
        #expect(
            try await service.call(
                .put, "/v1/models/m",
                """
                {"task":"none","features":{"x":{"type":"numeric"},"y":{"type":"numeric"}},
                 "windows":[{"length":"1d","step":"1d"}]}
                """
            ).status == 201)
        var training = "x,y\n"
        for row in 0..<1000 { training += "\(row),\(row)\n" }
        #expect(
            try await service.call(.put, "/v1/models/m/references/training", training, type: "text/csv").status == 201)
        let rows = (0..<100).map { row in
            """
            {"prediction_id":"\(row)","timestamp":"2026-01-01T0\(row % 10):00:00Z","features":{"x":\(500 + row * 8),"y":\(row * 10)}}
            """
        }.joined(separator: "\n")
        #expect(
            try await service.call(.post, "/v1/models/m/predictions", rows, type: "application/x-ndjson").status == 200)
        try await service.call(.post, "/v1/models/m/watermark", "{\"to\":\"\(end)\"}")
    }

    private func query(_ service: ServiceFixture, _ expression: String) async throws -> [JSONNode] {
        let escaped = expression.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let answer = try await service.call(.get, "/api/v1/query?query=\(escaped)&time=\(Self.end)")
        return Array(try #require(answer.body["data"]?["result"]?.elements))
    }

    @Test func `windows tell thresholds and verdicts, and why there is none`() async throws {
        try await ServiceFixture.with { service in
            try await Self.fill(service)
            let answer = try await service.call(.get, "/v1/models/m/windows?length=1d&end=\(Self.end)")
            for (feature, isDrifted) in [("x", true), ("y", false)] {
                let drift = try #require(answer.body["features"]?[feature]?["drift"])
                for measure in ["ks", "psi", "js_distance", "hellinger", "total_variation"] {
                    let threshold = try #require(drift[measure]?["threshold"]?.double)
                    let value = try #require(drift[measure]?["value"]?.double)
                    #expect((value > threshold) == isDrifted, "\(feature) \(measure)")
                    #expect(drift[measure]?["drifted"]?.bool == isDrifted, "\(feature) \(measure)")
                    #expect(drift[measure]?["reason"] == nil)
                }
            }
            let empty = try await service.call(.get, "/v1/models/m/windows?length=1d&end=2026-01-03T00:00:00Z")
            let ks = try #require(empty.body["features"]?["x"]?["drift"]?["ks"])
            #expect(ks["threshold"]?.isNull == true)
            #expect(ks["drifted"]?.isNull == true)
            #expect(ks["reason"]?.string == "insufficient")
        }
    }

    @Test func `lower thresholds and distances by deviations are series with the values of the window`() async throws {
        try await ServiceFixture.with { service in
            #expect(
                try await service.call(
                    .put, "/v1/models/m",
                    """
                    {"task":"none","features":{"x":{"type":"numeric","min":0,"max":900}},
                     "windows":[{"length":"1d","step":"1d"}]}
                    """
                ).status == 201)
            let broken = { (row: Int) in row % 5 == 0 ? "" : row % 5 == 1 ? "broken" : "\(row)" }
            let training = "x\n" + (0..<1000).map(broken).joined(separator: "\n")
            #expect(
                try await service.call(.put, "/v1/models/m/references/training", training, type: "text/csv").status
                    == 201)
            let rows = (0..<200).map { "\($0),2026-01-01T0\($0 % 10):00:00Z,\($0 % 11 == 0 ? "" : "\($0 * 3)")" }
            #expect(
                try await service.call(
                    .post, "/v1/models/m/predictions",
                    "prediction_id,timestamp,x\n" + rows.joined(separator: "\n"), type: "text/csv"
                ).status == 200)
            try await service.call(.post, "/v1/models/m/watermark", "{\"to\":\"\(Self.end)\"}")
            let answer = try await service.call(.get, "/v1/models/m/windows?length=1d&end=\(Self.end)")
            let column = try #require(answer.body["features"]?["x"])
            let quality = try #require(column["quality"])
            let told = [
                ("missing_ratio_threshold_low", quality["missing"]?["threshold_low"]?.double),
                ("missing_ratio_threshold", quality["missing"]?["threshold"]?.double),
                ("type_error_ratio_threshold_low", quality["type_errors"]?["threshold_low"]?.double),
                ("out_of_range_ratio_threshold_low", quality["out_of_range"]?["threshold_low"]?.double),
                ("wasserstein_normalised", column["drift"]?["wasserstein"]?["normalised"]?.double),
            ]
            for (name, value) in told {
                let series = try await query(service, #"driftline_\#(name){feature="x",segment="",version=""}"#)
                #expect(series.count == 1, "\(name)")
                let (told, value) = (series.first?["value"]?.elements?.last?.string, try #require(value))
                #expect(told.flatMap(Double.init) == value, "\(name)")
            }
            let low = try await query(
                service,
                #"driftline_missing_ratio{segment="",version=""} < driftline_missing_ratio_threshold_low"#)
            #expect(low.compactMap { $0["metric"]?["feature"]?.string } == ["x"])
            let none = try await query(service, "driftline_unseen_ratio_threshold_low")
            #expect(none.isEmpty)
        }
    }

    @Test func `thresholds and verdicts are series with the labels of their measure`() async throws {
        try await ServiceFixture.with { service in
            try await Self.fill(service)
            let above = try await query(
                service, #"driftline_psi{feature=~"x|y",segment="",version=""} > driftline_psi_threshold"#)
            #expect(above.compactMap { $0["metric"]?["feature"]?.string } == ["x"])
            let drifted = try await query(
                service, #"driftline_drifted{feature=~"x|y",measure="ks",segment="",version=""} == 1"#)
            #expect(drifted.compactMap { $0["metric"]?["feature"]?.string } == ["x"])
            #expect(drifted.first?["metric"]?["measure"]?.string == "ks")
            #expect(drifted.first?["metric"]?["reference"]?.string == "training")
            let quiet = try await query(service, #"driftline_drifted{feature="y",segment="",version=""} != 0"#)
            #expect(quiet.isEmpty)
            let labels = try await service.call(.get, "/api/v1/labels")
            #expect(labels.body["data"]?.elements?.contains { $0.string == "measure" } == true)
            let names = try await service.call(.get, "/api/v1/label/measure/values")
            #expect(names.body["data"]?.elements?.contains { $0.string == "psi" } == true)
            #expect(names.body["data"]?.elements?.contains { $0.string == "ks_p_value" } == false)
        }
    }
}
