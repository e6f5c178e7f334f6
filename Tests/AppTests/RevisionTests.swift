import App
import HTTPTypes
import JSON
import Testing

/// How often a window changed behind the watermark, over restarts that find no checkpoint.
@Suite(.timeLimit(.minutes(15)))
struct RevisionTests {
    private static func model(_ service: ServiceFixture) async throws {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"binary","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},"segments":[["c"]],
             "windows":[{"length":"1h","step":"1h"}]}
            """)
        #expect(answer.status == 201)
    }

    private static func send(_ service: ServiceFixture, hour: Int, _ ids: [String]) async throws {
        let rows = ids.map { id in
            """
            {"prediction_id":"\(id)","timestamp":"2026-02-01T0\(hour):10:00Z","features":{"x":1,"c":"u"},"prediction":"1",
             "score":0.5,"model_version":"7"}
            """.replacing("\n", with: "")
        }
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", rows.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200)
    }

    private static func label(_ service: ServiceFixture, _ id: String) async throws {
        let label = #"{"prediction_id":"\#(id)","actual":"1","timestamp":"2026-02-02T00:00:00Z"}"#
        #expect(try await service.call(.post, "/v1/models/m/labels", label).status == 200)
    }

    /// The revisions of the first four hours, of all rows and of a slice of them.
    private static func revisions(_ service: ServiceFixture) async throws -> [[Int64?]] {
        var found: [[Int64?]] = []
        for slice in ["", "&segment=c%3Du", "&version=7"] {
            var row: [Int64?] = []
            for hour in 1...4 {
                let window = try await service.call(
                    .get, "/v1/models/m/windows?length=1h&end=2026-02-01T0\(hour):00:00Z\(slice)"
                ).body
                row.append(window["window"]?["revision"]?.int64)
            }
            found.append(row)
        }
        return found
    }

    @Test(arguments: [false, true])
    func `rows in order are no change of a window after a restart either`(isSaved: Bool) async throws {
        try await TestServerPool.with { pool in
            try await ServiceFixture.on(pool) { service in
                try await Self.model(service)
                for hour in 0..<4 {
                    try await Self.send(service, hour: hour, ["a\(hour)", "b\(hour)"])
                    if isSaved, hour == 1 { #expect(await service.checkpointer.save()) }
                }
                #expect(try await Self.revisions(service) == Array(repeating: [0, 0, 0, 0], count: 3))
            }
            try await ServiceFixture.on(pool) { service in
                let found = try await Self.revisions(service)
                #expect(found == Array(repeating: [0, 0, 0, 0], count: 3))
            }
        }
    }

    @Test(arguments: [nil, 0, 2, 4])
    func `late rows and labels are counted once, wherever the last checkpoint was`(saved: Int?) async throws {
        try await TestServerPool.with { pool in
            let expected: [[Int64?]] = Array(repeating: [2, 1, 0, 0], count: 3)
            try await ServiceFixture.on(pool) { service in
                try await Self.model(service)
                for step in 0..<5 {
                    switch step {
                    case 0: for hour in 0..<3 { try await Self.send(service, hour: hour, ["a\(hour)"]) }
                    case 1: try await Self.send(service, hour: 0, ["late"])
                    case 2: try await Self.label(service, "a0")
                    case 3: try await Self.send(service, hour: 1, ["late too", "and this"])
                    default: try await Self.send(service, hour: 3, ["a3"])
                    }
                    if step == saved { #expect(await service.checkpointer.save()) }
                }
                #expect(try await Self.revisions(service) == expected)
            }
            try await ServiceFixture.on(pool) { service in
                let found = try await Self.revisions(service)
                #expect(found == expected)
            }
        }
    }
}
