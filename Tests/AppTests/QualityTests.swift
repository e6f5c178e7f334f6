import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// The quality of data over HTTP: broken values, repeated rows, and how many rows come.
@Suite(.timeLimit(.minutes(15)))
struct QualityTests {
    private static func model(_ service: ServiceFixture, windows: String = #"[{"length": "1h", "step": "1h"}]"#)
        async throws
    {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task": "none", "features": {"x": {"type": "numeric", "min": 0, "max": 10}, "c": {"type": "categorical"}},
             "windows": \(windows), "alerting": {"false_alarm_rate": 0.01, "control": "none"}}
            """)
        #expect(answer.status == 201)
    }

    private static func send(_ service: ServiceFixture, _ rows: [String]) async throws {
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", "timestamp,x,c\n" + rows.joined(separator: "\n"), type: "text/csv")
        #expect(answer.status == 200)
    }

    private static func window(_ service: ServiceFixture, end: String, length: String = "1h") async throws -> JSONNode {
        let answer = try await service.call(.get, "/v1/models/m/windows?length=\(length)&end=\(end)")
        #expect(answer.status == 200)
        return answer.body
    }

    @Test func `broken columns are told, whole ones are not`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let reference =
                "x,c\n" + (0..<1000).map { "\($0 % 50 == 0 ? "" : "\($0 % 10)"),\($0 % 3)" }.joined(separator: "\n")
            try await service.call(.put, "/v1/models/m/references/training", reference, type: "text/csv")
            try await Self.send(
                service,
                (0..<300).map { row in
                    let x = row % 3 == 0 ? "" : row % 3 == 1 ? "99" : row % 5 == 0 ? "word" : "\(row % 10)"
                    return "2026-02-01T05:00:00Z,\(x),\(row % 4)"
                })
            let features = try #require(try await Self.window(service, end: "2026-02-01T06:00:00Z")["features"])
            let x = try #require(features["x"]?["quality"])
            #expect(x["missing"]?["ratio"]?.double == 0.4)
            #expect(x["missing"]?["reference_ratio"]?.double == 0.02)
            #expect(x["missing"]?["drifted"]?.bool == true)
            let threshold = try #require(x["missing"]?["threshold"]?.double)
            #expect(threshold > 0.02 && threshold < 0.06)
            #expect(x["type_errors"]?["drifted"]?.bool == true)
            #expect(x["out_of_range"]?["drifted"]?.bool == true)
            #expect(x["unseen"] == nil)
            let c = try #require(features["c"]?["quality"])
            #expect(c["missing"]?["drifted"]?.bool == false)
            #expect(c["unseen"]?["ratio"]?.double == 0.25)
            #expect(c["unseen"]?["drifted"]?.bool == true)
            #expect(c["out_of_range"] == nil)
            let series = try await service.series(
                "m", "measure=missing_ratio_p_value&feature=x&length=1h&to=2026-02-01T06:00:00Z")
            #expect(try #require(series["value"]?.elements?.first?.double) < 1e-20)
        }
    }

    @Test(arguments: [false, true])
    func `values of the wrong type that the reference has as well are no drift`(isStretch: Bool) async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            func values(_ row: Int) -> String {
                "\(row % 10 == 0 ? "word" : "\(row % 7)"),\(row % 20 == 0 ? "" : "\(row % 3)")"
            }
            try await Self.send(
                service, (0..<600).map { "2026-02-01T0\($0 < 300 ? 4 : 5):00:00Z,\(values($0))" })
            let (body, type) =
                isStretch
                ? (#"{"from":"2026-02-01T04:00:00Z","to":"2026-02-01T05:00:00Z"}"#, "application/json")
                : ("x,c\n" + (0..<300).map(values).joined(separator: "\n"), "text/csv")
            let answer = try await service.call(.put, "/v1/models/m/references/training", body, type: type)
            #expect(answer.status == 201)
            #expect(answer.body["features"]?["x"]?["type_errors"]?.int64 == 30)
            let features = try #require(try await Self.window(service, end: "2026-02-01T06:00:00Z")["features"])
            let errors = try #require(features["x"]?["quality"]?["type_errors"])
            #expect(errors["ratio"]?.double == 0.1)
            #expect(errors["reference_ratio"]?.double == 0.1)
            #expect(errors["drifted"]?.bool == false)
        }
    }

    @Test func `a value out of range is counted and leaves the others as they are`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            try await Self.send(service, (0..<100).map { "2026-02-01T05:00:00Z,\($0 == 0 ? "1e300" : "5"),a" })
            let x = try #require(try await Self.window(service, end: "2026-02-01T06:00:00Z")["features"]?["x"])
            #expect(x["out_of_range"]?.int64 == 1)
            #expect(x["unsummed"]?.int64 == 1)
            #expect(x["mean"]?.isNull == true)
            #expect(x["count"]?.int64 == 100)
            #expect(x["max"]?.double == 1e300)
            #expect(x["quality"]?["missing"]?["reason"]?.string == "no_reference")
        }
    }

    @Test func `repeated rows and distinct values are counted, also after a restart`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service, windows: #"[{"length": "3h", "step": "1h"}]"#)
            // Forty contents, each three times, over three hours; `1` and `1.0` are the same content.
            try await Self.send(
                service,
                (0..<120).map { "2026-02-01T0\(3 + $0 % 3):00:00Z,\($0 % 40)\($0 < 40 ? ".0" : ""),c\($0 % 8)" })
            let before = try await Self.window(service, end: "2026-02-01T06:00:00Z", length: "3h")
            #expect(try #require(before["duplicate_ratio"]?.double) == 80.0 / 120)
            #expect(before["duplicate_ratio_error_bound"] == nil)
            #expect(before["features"]?["x"]?["distinct"]?.double == 40)
            #expect(before["features"]?["c"]?["distinct"]?.double == 8)
            #expect(await service.checkpointer.save())
            try await ServiceFixture.on(service.pool) { again in
                let after = try await Self.window(again, end: "2026-02-01T06:00:00Z", length: "3h")
                #expect(after["duplicate_ratio"]?.double == before["duplicate_ratio"]?.double)
                #expect(after["features"]?["x"]?["distinct"]?.double == 40)
                let series = try await again.series("m", "measure=duplicate_ratio&length=3h&to=2026-02-01T06:00:00Z")
                #expect(series["value"]?.elements?.last?.double == 80.0 / 120)
            }
        }
    }

    @Test func `more repeated rows than in the reference are told, as many are not`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            // Each content twice: half of the rows repeat another one.
            let reference = "x,c\n" + (0..<1000).map { "\(Double($0 / 2) / 100),a" }.joined(separator: "\n")
            try await service.call(.put, "/v1/models/m/references/training", reference, type: "text/csv")
            try await Self.send(service, (0..<400).map { "2026-02-01T05:00:00Z,\(Double($0 / 2) / 100),a" })
            try await Self.send(service, (0..<400).map { "2026-02-01T06:00:00Z,\(Double($0 / 8) / 100),a" })
            let usual = try #require(try await Self.window(service, end: "2026-02-01T06:00:00Z")["duplicates"])
            #expect(usual["ratio"]?.double == 0.5)
            #expect(usual["reference_ratio"]?.double == 0.5)
            #expect(usual["drifted"]?.bool == false)
            let odd = try #require(try await Self.window(service, end: "2026-02-01T07:00:00Z")["duplicates"])
            #expect(odd["ratio"]?.double == 0.875)
            #expect(odd["drifted"]?.bool == true)
            #expect(try #require(odd["p_value"]?.double) < 1e-6)
            let threshold = try #require(odd["threshold"]?.double)
            #expect(threshold > 0.5 && threshold < 0.7)
            let series = try await service.series(
                "m", "measure=duplicate_ratio_p_value&length=1h&to=2026-02-01T07:00:00Z")
            #expect(series["value"]?.elements?.last?.double == odd["p_value"]?.double)
            try await service.call(.post, "/v1/models/m/watermark", #"{"to": "2026-02-01T07:00:00Z"}"#)
            let asked = "driftline_drifted%7Bmodel%3D%22m%22%2Cmeasure%3D%22duplicate_ratio%22%7D"
            let found = try await service.call(.get, "/api/v1/query?time=2026-02-01T07:00:00Z&query=\(asked)")
            #expect(found.body["data"]?["result"]?.elements?.first?["value"]?.elements?.last?.string == "1")
        }
    }

    @Test func `volume is compared with the same hours of earlier weeks, also after a restart`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(
                service, windows: #"[{"length": "1h", "step": "1h"}, {"length": "24h", "step": "1h"}]"#)
            var rows = ["2025-12-31T23:59:00Z,1,a"]
            for (week, count) in [40, 44, 41, 43, 12].enumerated() {
                let day = 1 + 7 * week
                let date = day <= 31 ? "2026-01-\(day < 10 ? "0" : "")\(day)" : "2026-02-0\(day - 31)"
                rows += (0..<count).map { "\(date)T09:\(10 + $0 % 45):00Z,\($0),a" }
            }
            try await Self.send(service, rows)
            let window = try await Self.window(service, end: "2026-01-29T10:00:00Z")
            #expect(window["volume"]?["weeks"]?.int64 == 4)
            #expect(window["volume"]?["expected"]?.double == 42)
            #expect(window["volume"]?["ratio"]?.double == 12.0 / 42)
            #expect(try #require(window["volume"]?["p_value"]?.double) < 0.01)
            // The newest of the rows is at 09:21 of that day.
            #expect(window["freshness_seconds"]?.double == 2340.0)
            let empty = try await Self.window(service, end: "2026-01-30T10:00:00Z")
            #expect(empty["freshness_seconds"]?.double == 88_740.0)
            #expect(empty["volume"]?["expected"]?.double == 0)
            #expect(empty["volume"]?["ratio"]?.isNull == true)
            let early = try await Self.window(service, end: "2026-01-08T10:00:00Z")
            #expect(early["volume"]?["weeks"]?.int64 == 0)
            #expect(early["volume"]?["p_value"]?.isNull == true)
            #expect(await service.checkpointer.save())
            try await ServiceFixture.on(service.pool) { again in
                let same = try await Self.window(again, end: "2026-01-29T10:00:00Z")
                #expect(same["volume"]?["ratio"]?.double == 12.0 / 42)
                try await Self.send(again, (0..<30).map { "2026-01-29T09:00:\(10 + $0)Z,1,b" })
                let series = try await again.series(
                    "m", "measure=volume_ratio&length=1h&from=2026-01-29T10:00:00Z&to=2026-01-29T10:00:00Z")
                #expect(series["value"]?.elements?.first?.double == 1)
            }
        }
    }
}
