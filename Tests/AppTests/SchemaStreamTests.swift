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

    private static let categorical = "features=%7B%22x%22%3A%7B%22type%22%3A%22categorical%22%7D%7D"
    private static let training = "/v1/models/m/references/training"

    private static func reference(_ rows: Int) -> String {
        "x,c\n" + (0..<rows).map { "\($0 % 5),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    }

    @Test func `a feature gets another type with a new reference while rows stream in`() async throws {
        try await ServiceFixture.with { service in
            let features = #""x": {"type": "numeric"}, "c": {"type": "categorical"}"#
            #expect(try await service.call(.put, "/v1/models/m", Self.definition(features)).status == 201)
            #expect(
                try await service.call(.put, Self.training, Self.reference(100), type: "text/csv").status == 201)
            let before = (0..<50).map { row in
                #"{"prediction_id":"b\#(row)","timestamp":"2026-01-31T23:30:00Z","features":{"x":\#(row % 5),"c":"a"}}"#
            }.joined(separator: "\n")
            #expect(
                try await service.call(.post, "/v1/models/m/predictions", before, type: "application/x-ndjson").status
                    == 200)
            let requests = 30
            try await withThrowingTaskGroup(of: Void.self) { group in
                for sender in 0..<3 {
                    group.addTask {
                        for request in 0..<requests {
                            let lines = (0..<5).map { row in
                                """
                                {"prediction_id":"\(sender)-\(request)-\(row)","timestamp":"2026-02-01T00:\(10 + request):00Z",\
                                "features":{"x":\(row),"c":"a"}}
                                """
                            }.joined(separator: "\n")
                            let answer = try await service.call(
                                .post, "/v1/models/m/predictions", lines, type: "application/x-ndjson")
                            #expect(answer.status == 200 && answer.body["accepted"]?.int64 == 5, "\(answer.body)")
                        }
                    }
                }
                group.addTask {
                    let answer = try await service.call(
                        .put, "\(Self.training)?\(Self.categorical)", Self.reference(200), type: "text/csv")
                    #expect(answer.status == 200 && answer.body["version"]?.int64 == 2, "\(answer.body)")
                }
                try await group.waitForAll()
            }
            let all = Int64(3 * 5 * requests)
            let last = #"{"prediction_id":"last","timestamp":"2026-02-01T00:59:00Z","features":{"x":2,"c":"a"}}"#
            let told = try await service.call(.get, Self.window).body
            #expect(told["predictions"]?.int64 == all && told["features"]?["c"]?["count"]?.int64 == all)
            #expect(told["features"]?["x"]?["kind"]?.string == "categorical")
            let counted = try #require(told["features"]?["x"]?["count"]?.int64)
            #expect(counted <= all)
            #expect(try await service.call(.post, "/v1/models/m/predictions", last).status == 200)
            let window = try await service.call(.get, Self.window).body
            #expect(window["features"]?["x"]?["count"]?.int64 == counted + 1)
            #expect(window["reference"]?["version"]?.int64 == 2)
            #expect(window["features"]?["x"]?["drift"]?["l_infinity"]?["value"]?.double != nil, "\(window)")
            // Windows from before keep their reference, which knows the feature as a number.
            let old = try await service.call(.get, "/v1/models/m/windows?length=1h&end=2026-02-01T00:00:00Z").body
            #expect(old["reference"]?["version"]?.int64 == 1 && old["predictions"]?.int64 == 50, "\(old)")
            #expect(old["features"]?["c"]?["drift"]?["l_infinity"]?["value"]?.double == 0.5, "\(old)")
            #expect(old["features"]?["x"]?["kind"]?.string == "categorical")
            #expect(old["features"]?["x"]?["count"]?.int64 == 0)
            try await ServiceFixture.on(service.pool) { restarted in
                let told = try await restarted.call(.get, Self.window).body
                #expect(told == window)
            }
        }
    }

    @Test func `types change with a reference that has them, or not at all`() async throws {
        try await ServiceFixture.with { service in
            let features = #""x": {"type": "numeric"}, "c": {"type": "categorical"}"#
            #expect(
                try await service.call(.put, "\(Self.training)?\(Self.categorical)", "x\n1\n", type: "text/csv").status
                    == 404)
            #expect(try await service.call(.put, "/v1/models/m", Self.definition(features)).status == 201)
            let refused: [(path: String, body: String, type: String, status: Int)] = [
                ("/v1/models/m/references/other?\(Self.categorical)", Self.reference(10), "text/csv", 400),
                ("\(Self.training)?features=%7B", Self.reference(10), "text/csv", 400),
                (
                    "\(Self.training)?features=%7B%22x%22%3A%7B%22type%22%3A%22odd%22%7D%7D", Self.reference(10),
                    "text/csv", 422
                ),
                ("\(Self.training)?\(Self.categorical)", #"{"shift": "1h"}"#, "application/json", 400),
                ("\(Self.training)?\(Self.categorical)", "x,c\n", "text/csv", 422),
                ("\(Self.training)?\(Self.categorical)", "x,x\n1,1\n", "text/csv", 400),
            ]
            for (path, body, type, status) in refused {
                let answer = try await service.call(.put, path, body, type: type)
                #expect(answer.status == status, "\(path) \(answer.body)")
                let model = try await service.call(.get, "/v1/models/m").body
                #expect(model["features"]?["x"]?["type"]?.string == "numeric")
            }
            let alone = Self.definition(#""x": {"type": "categorical"}, "c": {"type": "categorical"}"#)
            let answer = try await service.call(.put, "/v1/models/m", alone)
            #expect(answer.status == 409 && answer.body["detail"]?.string?.contains("?features=") == true)
            // A new feature may come along as well, and the same request twice is one more version.
            let both =
                "features=%7B%22x%22%3A%7B%22type%22%3A%22categorical%22%7D%2C%22y%22%3A%7B%22type%22%3A%22numeric%22%7D%7D"
            for version in 1...2 {
                let put = try await service.call(
                    .put, "\(Self.training)?\(both)", "x,c,y\na,b,1\nb,b,2\n", type: "text/csv")
                #expect(put.status == (version == 1 ? 201 : 200) && put.body["version"]?.int64 == Int64(version))
                let model = try await service.call(.get, "/v1/models/m").body
                #expect(model["features"]?["x"]?["type"]?.string == "categorical")
                #expect(model["features"]?["y"]?["type"]?.string == "numeric")
            }
        }
    }
}
