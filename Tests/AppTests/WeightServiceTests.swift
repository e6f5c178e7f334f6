import HTTPTypes
import HummingbirdTesting
import JSON
import NIOCore
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct WeightServiceTests {
    private static let day = "2026-02-01T00:00:00Z"

    private static func model(_ service: ServiceFixture, _ task: String = "binary") async throws {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"\(task)","features":{"x":{"type":"numeric"}},"windows":[{"length":"1h","step":"1h"}]}
            """)
        #expect(answer.status == 201)
    }

    private static let rows = [
        #"{"prediction_id":"a","timestamp":"2026-02-01T00:10:00Z","features":{"x":1},"prediction":"1","score":0.9,"weight":3}"#,
        #"{"prediction_id":"b","timestamp":"2026-02-01T00:20:00Z","features":{"x":5},"prediction":"1","score":0.8}"#,
    ]

    private static func window(_ service: ServiceFixture) async throws -> JSONNode {
        try await service.call(.get, "/v1/models/m/windows?length=1h&end=2026-02-01T01:00:00Z").body
    }

    private static func send(_ service: ServiceFixture) async throws {
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", rows.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200)
        let labels = try await service.call(
            .post, "/v1/models/m/labels",
            #"[{"prediction_id":"a","actual":"1","timestamp":"2026-02-01T02:00:00Z"},{"prediction_id":"b","actual":"0","timestamp":"2026-02-01T02:00:00Z"}]"#
        )
        #expect(labels.status == 200)
    }

    private static func check(_ window: JSONNode) {
        #expect(window["predictions"]?.int64 == 2)
        #expect(window["labels"]?.int64 == 2)
        #expect(window["weight"]?.double == 4)
        #expect(window["effective_count"]?.double == 1.6)
        #expect(window["features"]?["x"]?["mean"]?.double == 2)
        #expect(window["features"]?["x"]?["count"]?.int64 == 2)
        // A share of weights is a quotient of rounded sums.
        #expect(((window["performance"]?["accuracy"]?.double ?? 0) - 0.75).magnitude < 1e-12)
    }

    @Test func `shares, means and performance are weighted, and stay so over a restart that folds the log again`()
        async throws
    {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await ServiceFixture.on(pool) { service in
                try await Self.model(service)
                try await Self.send(service)
                Self.check(try await Self.window(service))
            }
            // Nothing was saved: the second start folds everything from the log.
            try await ServiceFixture.on(pool) { service in Self.check(try await Self.window(service)) }
        }
    }

    @Test func `a frozen stretch keeps weights, and a summary of it tells them`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            try await Self.send(service)
            let answer = try await service.call(
                .put, "/v1/models/m/references/training",
                #"{"from":"2026-02-01T00:00:00Z","to":"2026-02-01T01:00:00Z"}"#)
            #expect(answer.status == 201)
            #expect(answer.body["count"]?.int64 == 2)
            #expect(answer.body["weight"]?.double == 4)
            #expect(answer.body["effective_count"]?.double == 1.6)
        }
    }

    @Test func `a CSV column is the weight where the request says so, of predictions and of a reference`() async throws
    {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let csv = "prediction_id,timestamp,x,w\na,2026-02-01T00:10:00Z,1,3\nb,2026-02-01T00:20:00Z,5,1\n"
            let answer = try await service.call(.post, "/v1/models/m/predictions?weight=w", csv, type: "text/csv")
            #expect(answer.status == 200)
            #expect(answer.body["warnings"]?.elements?.isEmpty == true)
            #expect(try await Self.window(service)["features"]?["x"]?["mean"]?.double == 2)
            let reference = try await service.call(
                .put, "/v1/models/m/references/training?weight=w", "x,w\n1,3\n5,1\n", type: "text/csv")
            #expect(reference.status == 201)
            #expect(reference.body["weight"]?.double == 4)
        }
    }

    @Test(arguments: [
        ("/v1/models/m/predictions?weight=w", "application/json"),
        ("/v1/models/m/predictions?weight=score", "text/csv"),
    ])
    func `a weight column that cannot be is refused`(path: String, type: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            #expect(try await service.call(.post, path, "prediction_id,score,w\na,1,1\n", type: type).status == 422)
        }
    }

    @Test func `the export gives weights and class scores back`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            try await Self.send(service)
            let text = try await Self.export(service, "/v1/models/m/predictions", "application/x-ndjson")
            let lines = try text.split(separator: "\n").map { try JSONNode(parsing: String($0)) }
            #expect(lines.map { $0["weight"]?.double } == [3, nil])
            let csv = try await Self.export(service, "/v1/models/m/predictions?weight=w", "text/csv")
            #expect(csv.hasPrefix("prediction_id,timestamp,model_version,prediction,score,actual,w,x\n"))
            #expect(csv.contains("a,2026-02-01T00:10:00Z,,1,0.9,1,3,1\n"))
            let plain = try await Self.export(service, "/v1/models/m/predictions", "text/csv")
            #expect(plain.hasPrefix("prediction_id,timestamp,model_version,prediction,score,actual,x\n"))
        }
    }

    @Test func `the log keeps what a later label needs of the class scores, over a restart too`() async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            // (0.5 - 0)^2 + (0.375 - 1)^2 + (0.125 - 0)^2
            let expected = 0.25 + 0.390625 + 0.015625
            try await ServiceFixture.on(pool) { service in
                try await Self.model(service, "multiclass")
                let row =
                    #"{"prediction_id":"a","timestamp":"2026-02-01T00:10:00Z","prediction":"u","scores":{"u":0.5,"v":0.375,"w":0.125}}"#
                #expect(try await service.call(.post, "/v1/models/m/predictions", row).status == 200)
                let label = #"{"prediction_id":"a","actual":"v","timestamp":"2026-02-01T02:00:00Z"}"#
                #expect(try await service.call(.post, "/v1/models/m/labels", label).status == 200)
                let window = try await Self.window(service)
                #expect(window["score"]?["mean"]?.double == 0.5)
                #expect(window["performance"]?["brier"]?.double == expected)
                #expect(window["performance"]?["accuracy_at_3"]?.double == 1)
            }
            try await ServiceFixture.on(pool) { service in
                let window = try await Self.window(service)
                #expect(window["performance"]?["brier"]?.double == expected)
                #expect(window["performance"]?["reasons"]?["brier"] == nil)
                // A row with a label and no class scores.
                let row = #"{"prediction_id":"b","timestamp":"2026-02-01T00:20:00Z","prediction":"u"}"#
                #expect(try await service.call(.post, "/v1/models/m/predictions", row).status == 200)
                let label = #"{"prediction_id":"b","actual":"u","timestamp":"2026-02-01T02:00:00Z"}"#
                #expect(try await service.call(.post, "/v1/models/m/labels", label).status == 200)
                let later = try await Self.window(service)
                #expect(later["performance"]?["brier"] == .null)
                let reason = later["performance"]?["reasons"]?["brier"]?.string
                #expect(reason == "missing_scores")
            }
        }
    }

    private static func export(_ service: ServiceFixture, _ path: String, _ type: String) async throws -> String {
        try await service.client.execute(uri: path, method: .get, headers: [.accept: type], body: nil) { response in
            String(buffer: response.body)
        }
    }
}
