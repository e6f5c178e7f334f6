import App
import HTTPTypes
import JSON
import Store
import Testing

/// Answers that are kept, and what other processes do to the windows that they are about.
@Suite(.timeLimit(.minutes(15)))
struct SharedDocumentTests {
    private static let path = "/v1/models/m/windows?length=24h&end=2026-03-01T00:00:00Z"

    private static func count(_ service: ServiceFixture) async throws -> Int64? {
        // Twice, so that the second answer is a kept one where any is.
        let first = try await service.call(.get, path).body
        let second = try await service.call(.get, path).body
        #expect(first == second)
        return second["predictions"]?.int64
    }

    private static func row(_ id: Int) -> DayOfRows.Post {
        DayOfRows.Post(
            noun: "predictions",
            lines: """
                {"prediction_id":"\(id)","timestamp":"2026-02-28T10:30:00Z","features":{"x":1,"c":"a"},"prediction":"1"}
                """)
    }

    @Test func `a kept answer is not given once another process has saved, folded or removed rows of the window`()
        async throws
    {
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                try await DayOfRows.send(Self.row(1), to: first)
                #expect(try await Self.count(first) == 1)
                for id in 2...4 {
                    try await DayOfRows.send(Self.row(id), to: second)
                    try await DayOfRows.share([second, first])
                    #expect(try await Self.count(first) == Int64(id))
                }
                #expect(try await Self.count(second) == 4)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let answer = try await second.call(
                            .delete, "/v1/models/m/predictions?from=2026-02-28T10:00:00Z&to=2026-02-28T11:00:00Z")
                        #expect(answer.body["removed"]?.int64 == 4, "\(answer.body)")
                    }
                    group.addTask {
                        while try await !first.store.slotsBehind(removal: 1).isEmpty {
                            try await first.peers.look()
                            await first.checkpointer.save()
                        }
                    }
                    try await group.waitForAll()
                }
                try await DayOfRows.share([first, second])
                #expect(try await Self.count(first) == 0)
                #expect(try await Self.count(second) == 0)
            }
        }
    }
}
