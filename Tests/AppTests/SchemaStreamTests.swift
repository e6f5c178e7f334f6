import App
import HTTPTypes
import JSON
import Testing

/// Features that come, go and change their type while rows stream in.
@Suite(.timeLimit(.minutes(15)))
struct SchemaStreamTests {
    private static func definition(_ features: String) -> String {
        """
        {"task": "none", "windows": [{"length": "1h", "step": "1h"}], "features": {\(features)}}
        """
    }

    private static let window = "/v1/models/m/windows?length=1h&end=2026-02-01T01:00:00Z"

    @Test func `every row is counted once, and a feature from when it was declared`() async throws {
        try await ServiceFixture.with { service in
            let x = #""x": {"type": "numeric"}"#
            let (y, c) = (#""y": {"type": "numeric"}"#, #""c": {"type": "categorical"}"#)
            #expect(try await service.call(.put, "/v1/models/m", Self.definition("\(x), \(c)")).status == 201)
            let steps = ["\(x), \(c), \(y)", "\(x), \(y)", "\(x), \(y), \(c)", "\(y), \(x)"]
            let rows = 40
            try await withThrowingTaskGroup(of: Void.self) { group in
                for sender in 0..<3 {
                    group.addTask {
                        for request in 0..<rows {
                            let lines = (0..<5).map { row in
                                """
                                {"prediction_id":"\(sender)-\(request)-\(row)","timestamp":"2026-02-01T00:\(10 + request % 50):00Z",\
                                "features":{"x":\(row),"y":1,"c":"a"}}
                                """
                            }.joined(separator: "\n")
                            let answer = try await service.call(
                                .post, "/v1/models/m/predictions", lines, type: "application/x-ndjson")
                            #expect(answer.status == 200 && answer.body["accepted"]?.int64 == 5, "\(answer.body)")
                        }
                    }
                }
                group.addTask {
                    for step in steps {
                        let answer = try await service.call(.put, "/v1/models/m", Self.definition(step))
                        #expect(answer.status == 200, "\(answer.body)")
                    }
                }
                try await group.waitForAll()
            }
            let all = Int64(3 * 5 * rows)
            let told = try await service.call(.get, Self.window).body
            #expect(told["predictions"]?.int64 == all)
            #expect(told["features"]?["x"]?["count"]?.int64 == all)
            #expect(told["features"]?["x"]?["mean"]?.double == 2)
            let counted = try #require(told["features"]?["y"]?["count"]?.int64)
            #expect(counted <= all)
            #expect(told["features"]?["c"] == nil)
            // From now on all of it counts, also after a restart.
            let more = #"{"prediction_id":"last","timestamp":"2026-02-01T00:59:00Z","features":{"x":2,"y":1}}"#
            #expect(try await service.call(.post, "/v1/models/m/predictions", more).status == 200)
            let last = try await service.call(.get, Self.window).body
            #expect(last["features"]?["y"]?["count"]?.int64 == counted + 1)
            try await ServiceFixture.on(service.pool) { restarted in
                let told = try await restarted.call(.get, Self.window).body
                #expect(told == last)
            }
        }
    }

    @Test func `a feature gets another type by going and coming again, and the two are not mixed`() async throws {
        try await ServiceFixture.with { service in
            let other = #""o": {"type": "numeric"}"#
            #expect(
                try await service.call(.put, "/v1/models/m", Self.definition(#""x": {"type": "numeric"}, \#(other)"#))
                    .status == 201)
            let send = { (id: String, value: String) in
                try await service.call(
                    .post, "/v1/models/m/predictions",
                    """
                    {"prediction_id":"\(id)","timestamp":"2026-02-01T00:30:00Z","features":{"x":\(value),"o":1}}
                    """)
            }
            #expect(try await send("a", "5").status == 200)
            let text = #""x": {"type": "categorical"}, \#(other)"#
            #expect(try await service.call(.put, "/v1/models/m", Self.definition(text)).status == 409)
            #expect(try await service.call(.put, "/v1/models/m", Self.definition(other)).status == 200)
            #expect(try await service.call(.put, "/v1/models/m", Self.definition(text)).status == 200)
            #expect(try await send("b", "\"five\"").status == 200)
            let told = try await service.call(.get, Self.window).body
            #expect(told["predictions"]?.int64 == 2)
            #expect(told["features"]?["x"]?["kind"]?.string == "categorical")
            #expect(told["features"]?["x"]?["count"]?.int64 == 1)
            #expect(told["features"]?["o"]?["count"]?.int64 == 2)
        }
    }
}
