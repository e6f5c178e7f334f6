import App
import Foundation
import HTTPTypes
import JSON
import Monitoring
import Testing

/// How much models hold in memory is bounded, and what was let go is read again.
@Suite(.timeLimit(.minutes(15)))
struct WindowMemoryTests {
    private static let budget = 220_000
    /// What comes on top of where requests wait: what one request brings, or one answer needs.
    private static let limit = budget * 5 / 4 + 200_000
    private static let models = 6
    private static let reference = "x\n" + (0..<400).map { "\(Double($0) / 7)" }.joined(separator: "\n")
    private static let rows =
        "prediction_id,timestamp,x,prediction,score\n"
        + (0..<480).map { row in
            let hour = String(format: "%02d", row / 10 % 24)
            return "\(row),2026-02-0\(row / 240 + 1)T\(hour):00:00Z,\(Double(row % 61) / 3),\(row % 2),0.\(row % 97)"
        }.joined(separator: "\n")
    private static let labels =
        "prediction_id,actual\n" + (0..<480).map { "\($0),\($0 % 3 % 2)" }.joined(separator: "\n")

    /// Sends rows; returns whether they had to wait for a checkpoint, because what is not saved cannot be let go.
    private static func send(_ body: String, to path: String, _ service: ServiceFixture) async throws -> Bool {
        let waits = service.models.memory.isOverrun
        async let sent = service.call(.post, path, body, type: "text/csv")
        if waits {
            await service.checkpointer.save()
            await service.checkpointer.makeRoom()
        }
        let status = try await sent.status
        #expect(status == 200)
        #expect(service.models.memory.footprint <= limit)
        return waits
    }

    private static func answers(_ service: ServiceFixture, within limit: Int = limit) async throws -> [JSONNode] {
        var answers: [JSONNode] = []
        for model in 0..<models {
            let path = "/v1/models/m\(model)/windows?length=24h&end=2026-02-02T12:00:00Z"
            let answer = try await service.call(.get, path).body
            answers.append(answer["features"] ?? .null)
            answers.append(answer["performance"] ?? .null)
            #expect(service.models.memory.footprint <= limit)
        }
        return answers
    }

    /// Makes a model with a reference; returns its path.
    private static func create(_ model: Int, _ service: ServiceFixture) async throws -> String {
        let path = "/v1/models/m\(model)"
        try await service.call(
            .put, path,
            """
            {"task": "binary", "classes": ["0", "1"], "windows": [{"length": "24h", "step": "1h"}],
             "features": {"x": {"type": "numeric"}}}
            """)
        try await service.call(.put, path + "/references/training", reference, type: "text/csv")
        return path
    }

    @Test func `models beyond the budget let go what is saved, and answer as before`() async throws {
        try await ServiceFixture.with(memory: WindowMemory(budget: Self.budget)) { service in
            var waits = 0
            for model in 0..<Self.models {
                let path = try await Self.create(model, service)
                if try await Self.send(Self.rows, to: path + "/predictions", service) { waits += 1 }
                if try await Self.send(Self.labels, to: path + "/labels", service) { waits += 1 }
            }
            #expect(waits > 0)
            let before = try await Self.answers(service)
            #expect(before.allSatisfy { $0 != .null })
            #expect(Set(before.map { "\($0)" }).count == 2)
            await service.checkpointer.save()
            await service.models.memory.relieve()
            #expect(service.models.memory.footprint <= Self.budget)
            let again = try await Self.answers(service)
            #expect(again == before)
            // All of it, as a process that has room for everything knows it.
            try await ServiceFixture.on(service.pool, slot: 1, holder: "other") { other in
                let anew = try await Self.answers(other, within: .max)
                #expect(anew == before)
            }
        }
    }

    @Test func `models that nobody uses make themselves small, saved or not, and are saved as they were`() async throws
    {
        let memory = WindowMemory(budget: 6 << 20)
        let long =
            "prediction_id,timestamp,x,prediction,score\n"
            + (0..<1200).map { row in
                let hour = String(format: "%02d", row / 5 % 24)
                let day = String(format: "%02d", row / 120 + 1)
                return "\(row),2026-02-\(day)T\(hour):00:00Z,\(Double(row % 61) / 3),\(row % 2),0.\(row % 97)"
            }.joined(separator: "\n")
        try await ServiceFixture.with(memory: memory) { service in
            for model in 0..<Self.models {
                let path = try await Self.create(model, service)
                try await service.call(.post, path + "/predictions", long, type: "text/csv")
                try await service.call(.post, path + "/labels", Self.labels, type: "text/csv")
            }
            let loaded = memory.footprint
            #expect(loaded > memory.budget / 2 && loaded < memory.budget)
            // What was used since the last time is left alone.
            await memory.relieve()
            #expect(memory.footprint == loaded)
            await memory.relieve()
            #expect(memory.footprint < loaded / 2)
            let answers = try await Self.answers(service, within: .max)
            await service.checkpointer.save()
            try await ServiceFixture.on(service.pool, slot: 1, holder: "other") { other in
                let anew = try await Self.answers(other, within: .max)
                #expect(anew == answers)
            }
        }
    }
}
