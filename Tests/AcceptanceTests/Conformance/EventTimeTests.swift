import JSON
import Testing

extension AcceptanceSuite {
    /// Which event belongs to which window, and which label counts.
    @Suite(.serialized, .enabled(if: SharedFiles.areExpected, "../shared is not here"), .timeLimit(.minutes(5)))
    struct EventTimeTests {
        private let model = "events"

        private func prediction(_ node: JSONNode, x: JSONNode? = nil) -> JSONNode {
            [
                "prediction_id": node["prediction_id"] ?? .null, "timestamp": node["timestamp"] ?? .null,
                "prediction": node["prediction"] ?? .null, "features": ["x": x ?? node["x"] ?? .null],
            ]
        }

        private func label(_ node: JSONNode) -> JSONNode {
            [
                "prediction_id": node["prediction_id"] ?? .null, "actual": node["actual"] ?? .null,
                "timestamp": node["label_timestamp"] ?? .null,
            ]
        }

        private func expectWindows(_ document: JSONNode, _ client: ServiceClient) async throws {
            for expected in try #require(document["expected_windows"]?.elements) {
                let end = try #require(expected["end"]?.string)
                let window = try await client.window(model, "1h", end: end)
                #expect(window["window"]?["start"]?.string == expected["start"]?.string)
                #expect(window["predictions"]?.int64 == expected["n"]?.int64, "until \(end)")
                #expect(window["labels"]?.int64 == expected["n_labelled"]?.int64, "until \(end)")
                let statistic = 1e-9
                for (told, wanted) in [
                    (window["features"]?["x"]?["mean"], expected["mean_x"]),
                    (window["performance"]?["accuracy"], expected["accuracy"]),
                ] {
                    #expect((told?.double == nil) == (wanted?.double == nil), "until \(end)")
                    guard let told = told?.double, let wanted = wanted?.double else { continue }
                    #expect((told - wanted).magnitude <= statistic, "until \(end)")
                }
            }
        }

        private func makeModel(_ client: ServiceClient) async throws {
            try await client.call(
                "PUT", "/v1/models/\(model)",
                [
                    "task": "binary", "positive_class": "1", "features": ["x": ["type": "numeric"]],
                    "windows": [["length": "1h", "step": "30m"]],
                ])
        }

        @Test(arguments: [false, true])
        func `rows and labels count in their windows, whichever comes first, and a repeat changes nothing`(
            labelsFirst: Bool
        ) async throws {
            let document = try SharedFiles.document("expected/event_time_cases.json")
            let predictions = try #require(document["send_in_this_order"]?.elements)
            let labels = try #require(document["labels_in_this_order"]?.elements)
            try await Service.with { service in
                let client = service.client
                try await makeModel(client)
                let path = "/v1/models/\(model)"
                if labelsFirst {
                    for one in labels { try await client.call("POST", "\(path)/labels", label(one)) }
                }
                for one in predictions { try await client.call("POST", "\(path)/predictions", prediction(one)) }
                if !labelsFirst {
                    for one in labels { try await client.call("POST", "\(path)/labels", label(one)) }
                }
                try await expectWindows(document, client)

                let repeated = try await client.call("POST", "\(path)/predictions", prediction(predictions[0]))
                #expect(repeated["duplicates"]?.int64 == 1 && repeated["accepted"]?.int64 == 0)
                let changed = try await client.send(
                    "POST", "\(path)/predictions", prediction(predictions[0], x: 999).bytes)
                #expect(changed.status == 422)
                #expect(try changed.document["rejected"]?.int64 == 1)
                let stray: JSONNode = ["prediction_id": "nobody", "actual": 1, "timestamp": "2025-06-01T16:00:00Z"]
                #expect(try await client.call("POST", "\(path)/labels", stray)["pending"]?.int64 == 1)
                try await expectWindows(document, client)
            }
        }
    }
}
