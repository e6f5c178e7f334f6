import JSON
import Testing

extension AcceptanceSuite {
    /// Prometheus's own client, and what Grafana's data source asks, against our interface.
    @Suite(.serialized, .timeLimit(.minutes(3)))
    struct PromtoolQueryTests {
        private func prepare(_ client: ServiceClient) async throws {
            try await client.call(
                "PUT", "/v1/models/m",
                [
                    "task": "none", "features": ["x": ["type": "numeric"]],
                    "windows": [["length": "1h", "step": "1h"]],
                ])
            let rows = JSONNode.array(
                (0..<3).flatMap { hour in
                    (0...hour).map { row -> JSONNode in
                        [
                            "prediction_id": .string("\(hour)-\(row)"),
                            "timestamp": .string("2026-02-01T0\(hour):30:00Z"), "features": ["x": .integer(1)],
                        ]
                    }
                })
            try await client.call("POST", "/v1/models/m/predictions", rows)
            try await client.call("POST", "/v1/models/m/watermark", ["to": "2026-02-01T03:00:00Z"])
        }

        @Test(.enabled(if: ForeignTool.areThere("promtool"), "promtool is not installed"))
        func `promtool queries an instant, a range, series and labels`() async throws {
            let tool = try #require(ForeignTool("promtool"))
            try await Service.with { service in
                try await prepare(service.client)
                let url = service.client.url
                func query(_ arguments: String...) throws -> String {
                    let result = try tool.run(["query"] + arguments)
                    #expect(result.status == 0, "\(arguments): \(result.output)")
                    return result.output
                }
                let instant = try query("instant", "--time=2026-02-01T03:00:00Z", url, "driftline_predictions * 2")
                #expect(instant == "{model=\"m\", window=\"1h\"} => 6 @[1769914800]\n")
                let range = try query(
                    "range", "--start=2026-02-01T01:00:00Z", "--end=2026-02-01T03:00:00Z", "--step=1h", url,
                    "driftline_predictions")
                #expect(
                    range
                        == "driftline_predictions{model=\"m\", window=\"1h\"} =>\n1 @[1769907600]\n2 @[1769911200]\n3 @[1769914800]\n"
                )
                let series = try query(
                    "series", "--match=driftline_mean{feature=\"x\"}", "--start=2026-02-01T01:00:00Z",
                    "--end=2026-02-01T03:00:00Z", url)
                #expect(series.contains("feature=\"x\"") && series.contains("__name__=\"driftline_mean\""), "\(series)")
                let labels = try query("labels", url, "model")
                #expect(labels == "m\n")
                let wrong = try tool.run(["query", "instant", url, "driftline_predictions >"])
                #expect(wrong.status != 0 && wrong.output.contains("bad_data"), "\(wrong.output)")
            }
        }

        @Test
        func `Grafana's data source finds its version, its series by POST, its variables and its rules`() async throws {
            try await Service.with { service in
                try await prepare(service.client)
                let client = service.client
                func data(_ method: String, _ path: String, _ form: String = "") async throws -> JSONNode {
                    let answer = try await client.send(
                        method, path, Array(form.utf8), type: "application/x-www-form-urlencoded")
                    #expect(answer.status == 200, "\(path): \(answer)")
                    let document = try answer.document
                    #expect(document["status"]?.string == "success")
                    return document["data"] ?? .null
                }
                #expect(try await data("GET", "/api/v1/status/buildinfo")["version"]?.string?.isEmpty == false)
                let health = try await data("POST", "/api/v1/query", "query=1%2B1&time=1769914800.123")
                #expect(health["resultType"]?.string == "scalar")
                let graph = try await data(
                    "POST", "/api/v1/query_range",
                    "query=driftline_predictions&start=1769904000&end=1769914800&step=3600")
                #expect(graph["result"]?.elements?.first?["values"]?.elements?.count == 3)
                let names = try await data("GET", "/api/v1/label/__name__/values?start=1769904000&end=1769914800")
                #expect(names.elements?.contains { $0.string == "driftline_predictions" } == true)
                let models = try await data(
                    "GET", "/api/v1/label/model/values?match[]=driftline_predictions&start=1769904000&end=1769914800")
                #expect(models.elements?.map(\.string) == ["m"])
                let labels = try await data("POST", "/api/v1/labels", "match[]=driftline_mean")
                #expect(labels.elements?.contains { $0.string == "feature" } == true)
                let series = try await data("POST", "/api/v1/series", "match[]=driftline_mean%7Bfeature%3D%22x%22%7D")
                #expect(series.elements?.first?["model"]?.string == "m")
                #expect(try await data("GET", "/api/v1/rules")["groups"]?.elements != nil)
                #expect(try await data("GET", "/api/v1/alerts")["alerts"]?.elements != nil)
            }
        }
    }
}
