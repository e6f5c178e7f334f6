import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// Requests with an `Idempotency-Key`.
@Suite(.timeLimit(.minutes(15)))
struct IdempotencyTests {
    private static let rows =
        #"[{"features": {"x": 1}}, {"features": {"x": 2}}, {"prediction_id": "", "features": {}}]"#

    private static func prepare(_ service: ServiceFixture) async throws {
        _ = try await service.call(
            .put, "/v1/models/m", #"{"task": "binary", "features": {"x": {"type": "numeric"}}, "classes": ["0", "1"]}"#)
    }

    private static func post(
        _ body: String, key: String, _ noun: String = "predictions", to service: ServiceFixture
    ) async throws -> (status: Int, body: JSONNode) {
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        return try await service.call(
            .post, "/v1/models/m/\(noun)", body, headers: HTTPFields([HTTPField(name: name, value: key)]))
    }

    private static func stored(_ service: ServiceFixture) async throws -> Int64? {
        let end = "2026-03-02T00:00:00Z"
        return try await service.call(.get, "/v1/models/m/windows?length=24h&end=\(end)").body["predictions"]?.int64
    }

    @Test func `a repeat gets the first answer, also where rows were rejected, and stores nothing`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let first = try await Self.post(Self.rows, key: "a", to: service)
            #expect(first.status == 422 && first.body["accepted"]?.int64 == 2)
            for _ in 0..<3 {
                let again = try await Self.post(Self.rows, key: "\"a\"", to: service)
                #expect(again.status == first.status && again.body == first.body)
            }
            #expect(try await Self.stored(service) == 2)
        }
    }

    @Test func `the same key with another body is refused`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            _ = try await Self.post(Self.rows, key: "a", to: service)
            let other = try await Self.post(#"{"features": {"x": 3}}"#, key: "a", to: service)
            #expect(other.status == 422 && other.body["accepted"] == nil)
            #expect(try await Self.stored(service) == 2)
        }
    }

    @Test func `keys of labels and of predictions do not meet`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            _ = try await Self.post(#"{"prediction_id": "p", "features": {"x": 1}}"#, key: "a", to: service)
            let label = #"{"prediction_id": "p", "actual": "1"}"#
            let first = try await Self.post(label, key: "a", "labels", to: service)
            let again = try await Self.post(label, key: "a", "labels", to: service)
            #expect(first.body["accepted"]?.int64 == 1 && first.body == again.body)
        }
    }

    @Test(arguments: ["", "\"\"", String(repeating: "k", count: 256)])
    func `a key that is none is refused`(key: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            #expect(try await Self.post(Self.rows, key: key, to: service).status == 400)
        }
    }

    @Test func `requests with one key at two processes at once are stored once and answered alike`() async throws {
        try await ServiceFixture.with { first in
            try await Self.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                for round in 0..<10 {
                    let answers = try await withThrowingTaskGroup(of: JSONNode.self) { group in
                        for copy in 0..<8 {
                            group.addTask {
                                let service = copy % 2 == 0 ? first : second
                                return try await Self.post(Self.rows, key: "k\(round)", to: service).body
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(answers.allSatisfy { $0 == answers[0] })
                }
                #expect(await second.checkpointer.save())
                try await first.peers.look()
                #expect(try await Self.stored(first) == 20)
            }
        }
    }

    @Test func `an answer is forgotten after three days`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            _ = try await Self.post(Self.rows, key: "a", to: service)
            service.time.set(ServiceFixture.start + .hours(73))
            let late = try await Self.post(#"{"features": {"x": 3}}"#, key: "a", to: service)
            #expect(late.status == 200 && late.body["accepted"]?.int64 == 1)
        }
    }
}
