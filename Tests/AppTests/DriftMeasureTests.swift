import App
import HTTPTypes
import JSON
import Monitoring
import Statistics
import TestSupport
import Testing

/// Every measure of drift over HTTP, and windows that are read while rows come.
@Suite(.timeLimit(.minutes(15)))
struct DriftMeasureTests {
    private static func model(_ service: ServiceFixture, length: String = "1d", step: String = "1d") async throws {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"none","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},"grid_points":65536,
             "windows":[{"length":"\(length)","step":"\(step)"}]}
            """)
        #expect(answer.status == 201)
        var training = "x,c\n"
        for row in 0..<200 { training += "\(Double(row * 37 % 101) + Double(row) / 1000),k\(row % 4)\n" }
        #expect(
            try await service.call(.put, "/v1/models/m/references/training", training, type: "text/csv").status == 201)
    }

    private static func time(hour: Int) -> String {
        Time(microseconds: 1_767_225_600_000_000 + Int64(hour) * 3_600_000_000).rfc3339
    }

    private static func post(_ service: ServiceFixture, hours: Range<Int>, each: Int, name: String) async throws {
        let rows = hours.flatMap { hour in
            (0..<each).map { row in
                """
                {"prediction_id":"\(name)-\(hour)-\(row)","timestamp":"\(time(hour: hour))",\
                "features":{"x":\((row * 53 + hour * 7) % 140),"c":"k\((row + hour) % 5)"}}
                """
            }
        }
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", rows.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200)
    }

    @Test func `a window and series answer every measure of drift`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            try await Self.post(service, hours: 0..<24, each: 6, name: "a")
            try await service.call(.post, "/v1/models/m/watermark", "{\"to\":\"\(Self.time(hour: 24))\"}")
            let methods = "psi:evidently,kl:evidently,js_distance:nannyml,hellinger:nannyml,kl:decile-left/half,g:x"
            #expect(try await service.call(.get, "/v1/models/m/windows?length=1d&methods=\(methods)").status == 422)
            let known = methods.replacing(",g:x", with: "")
            let document = try await service.call(.get, "/v1/models/m/windows?length=1d&methods=\(known)").body
            for (feature, isNumeric) in [("x", true), ("c", false)] {
                let drift = try #require(document["features"]?[feature]?["drift"])
                let measures = Measure.allCases.filter {
                    $0.drift.map { isNumeric ? $0.isNumeric : $0.isCategorical } ?? false
                }
                #expect(measures.count >= 12)
                for measure in measures {
                    let series = try await service.series(
                        "m", "measure=\(measure.rawValue)&feature=\(feature)&length=1d")
                    let value = try #require(series["value"]?.elements?.first?.double, "\(measure)")
                    let statistic = try #require(measure.drift?.statistic.rawValue)
                    let part = drift[statistic]
                    if measure == .ksExactPValue {
                        #expect(part?["p_value_exact"]?.double == value)
                    } else {
                        let member = statistic == measure.rawValue ? "value" : "p_value"
                        #expect(part?[member]?.double == value, "\(measure)")
                        #expect(part?["method"]?.string?.isEmpty == false, "\(measure)")
                    }
                }
                for key in ["psi:evidently", "kl:evidently", "js_distance:nannyml", "hellinger:nannyml"] {
                    let part = try #require(drift[key], "\(key)")
                    #expect(part["value"]?.double != nil, "\(key)")
                    #expect(part["method"]?.string == String(key.split(separator: ":")[1]))
                    #expect(part["threshold"] == .null && part["reason"]?.string == "no_law", "\(key)")
                    let (measure, method) = (key.split(separator: ":")[0], key.split(separator: ":")[1])
                    let series = try await service.series(
                        "m", "measure=\(measure)&feature=\(feature)&length=1d&method=\(method)")
                    #expect(series["value"]?.elements?.first?.double == part["value"]?.double)
                }
            }
        }
    }

    @Test func `a window that is read again and again is what its rows are, however they come`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service, length: "6h", step: "1h")
            for hour in 0..<16 {
                try await Self.post(service, hours: hour..<hour + 1, each: 5, name: "a")
                // Rows of panes that are in the total already, and of many at once.
                if hour == 8 { try await Self.post(service, hours: 4..<5, each: 3, name: "late") }
                if hour == 9 { try await Self.post(service, hours: 0..<10, each: 2, name: "many") }
                if hour == 12 { try await Self.post(service, hours: 11..<13, each: 4, name: "now") }
                for end in [hour, hour + 1, max(hour - 3, 6)] where end >= 6 {
                    let at = Self.time(hour: end)
                    let window = try await service.call(.get, "/v1/models/m/windows?length=6h&end=\(at)").body
                    let column = try #require(window["features"]?["x"])
                    for measure in ["ks", "wasserstein", "mean_shift"] {
                        let series = try await service.series(
                            "m", "measure=\(measure)&feature=x&length=6h&from=\(at)&to=\(at)")
                        #expect(series["value"]?.elements?.first?.double == column["drift"]?[measure]?["value"]?.double)
                    }
                    for measure in ["count", "min", "max"] {
                        let series = try await service.series(
                            "m", "measure=\(measure)&feature=x&length=6h&from=\(at)&to=\(at)")
                        #expect(series["value"]?.elements?.first?.double == column[measure]?.double, "\(hour) \(end)")
                    }
                }
            }
        }
    }
}
