import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Postgres
import Store
import Synchronization
import Testing

/// Several processes on one database, each with a slot of its own.
@Suite(.timeLimit(.minutes(15)))
struct SeveralProcessesTests {
    /// What one task tells another.
    private final class Flag: Sendable {
        private let state = Atomic(false)
        var isUp: Bool { state.load(ordering: .relaxed) }
        func raise() { state.store(true, ordering: .relaxed) }
    }

    @Test(arguments: 0..<4)
    func `two processes tell of the same rows what one tells, bit for bit`(seed: Int) async throws {
        let posts = DayOfRows.posts(seed: UInt64(seed))
        let expected = try await DayOfRows.alone(posts)
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                var random = DayOfRows.Seeded(state: UInt64(seed))
                for post in posts {
                    try await DayOfRows.send(post, to: Bool.random(using: &random) ? first : second)
                    if Int.random(in: 0..<8, using: &random) == 0 { try await DayOfRows.share([first, second]) }
                }
                try await DayOfRows.share([first, second])
                #expect(try await DayOfRows.readings(first) == expected)
                #expect(try await DayOfRows.readings(second) == expected)
            }
        }
    }

    @Test func `a reference that comes into force while two processes fold is counted over the rows of both`()
        async throws
    {
        let posts = DayOfRows.posts(seed: 7)
        let expected = try await DayOfRows.alone(posts)
        try await ServiceFixture.with { first in
            #expect(try await first.call(.put, "/v1/models/m", DayOfRows.model).status == 201)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                let half = posts.count / 2
                for (place, post) in posts[..<half].enumerated() {
                    try await DayOfRows.send(post, to: place % 2 == 0 ? first : second)
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let answer = try await first.call(
                            .put, "/v1/models/m/references/training", DayOfRows.reference, type: "text/csv")
                        #expect(answer.status == 201, "\(answer.body)")
                    }
                    group.addTask {
                        for post in posts[half...] {
                            try await second.peers.look()
                            try await DayOfRows.send(post, to: second)
                        }
                        while try await second.series("m", "measure=psi&feature=x&length=24h&to=2026-03-01T00:00:00Z")[
                            "value"]?.elements?.last?.double == nil
                        {
                            try await second.peers.look()
                            #expect(await second.checkpointer.save())
                        }
                    }
                    try await group.waitForAll()
                }
                try await DayOfRows.share([first, second])
                #expect(try await DayOfRows.readings(first) == expected)
                #expect(try await DayOfRows.readings(second) == expected)
            }
        }
    }

    @Test func `a reference that one process makes of a model that the other has not seen yet waits for nobody`()
        async throws
    {
        try await ServiceFixture.with { first in
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                #expect(try await first.call(.put, "/v1/models/m", DayOfRows.model).status == 201)
                let flag = Flag()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let answer = try await first.call(
                            .put, "/v1/models/m/references/training", DayOfRows.reference, type: "text/csv")
                        #expect(answer.status == 201, "\(answer.body)")
                        flag.raise()
                    }
                    group.addTask {
                        // Meets the model for the first time while its generation is being made.
                        while !flag.isUp { try await second.peers.look() }
                    }
                    try await group.waitForAll()
                }
                try await DayOfRows.send(DayOfRows.posts(seed: 1)[0], to: second)
            }
        }
    }

    @Test func `rows of a process that is gone are folded by another, and it can write no more`() async throws {
        let posts = DayOfRows.posts(seed: 3)
        let expected = try await DayOfRows.alone(posts)
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                let (some, rest) = (posts.prefix(30), posts.dropFirst(30))
                for post in some { try await DayOfRows.send(post, to: second) }
                try await first.pool.execute(
                    Statement("test.expire", "UPDATE writer_slot SET expires_at = '2000-01-01' WHERE slot = 1"))
                #expect(try await first.takeover.run())
                #expect(try await first.takeover.run() == false)
                let zombie = try await second.call(
                    .post, "/v1/models/m/predictions", #"{"prediction_id":"zombie","features":{"x":1}}"#)
                #expect(zombie.status >= 500)
                for post in rest { try await DayOfRows.send(post, to: first) }
                try await first.peers.look()
                #expect(try await DayOfRows.readings(first) == expected)
            }
        }
    }

    @Test func `the same rows at two processes at the same moment are stored once`() async throws {
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                let posts = DayOfRows.posts(seed: 5)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for service in [first, second] {
                        for part in 0..<3 {
                            group.addTask {
                                for (place, post) in posts.enumerated() where place % 3 == part {
                                    try await DayOfRows.send(post, to: service)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                try await DayOfRows.share([first, second])
                let expected = try await DayOfRows.alone(posts)
                #expect(try await DayOfRows.readings(first) == expected)
                #expect(try await DayOfRows.readings(second) == expected)
            }
        }
    }

    @Test func `rules are judged only up to where the rows of every process are in the panes`() async throws {
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                let evaluator = RuleEvaluator(
                    store: first.store, models: first.models, peers: first.peers, settings: first.active,
                    counters: first.counters, holder: "test", mostAge: .zero, now: { first.time.now },
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
                var state = RuleEvaluator.State()
                let row = { (id: Int, time: String) in
                    #"{"prediction_id":"\#(id)","timestamp":"\#(time)","features":{"x":1}}"#
                }
                _ = try await second.call(.post, "/v1/models/m/predictions", row(1, "2026-02-01T00:30:00Z"))
                try await evaluator.judgeAll(&state)
                _ = try await first.call(.post, "/v1/models/m/predictions", row(2, "2026-02-01T02:30:00Z"))
                try await evaluator.judgeAll(&state)
                let model = try #require(try await first.models.model(named: "m"))
                #expect(await model.windows.progress.evaluatedTo == nil)
                #expect(await second.checkpointer.save())
                try await evaluator.judgeAll(&state)
                try await evaluator.judgeAll(&state)
                #expect(await model.windows.progress.evaluatedTo == Time(rfc3339: "2026-02-01T02:30:00Z"))
            }
        }
    }

    @Test func `a model that one process makes is there in the other at once, and its changes after a look`()
        async throws
    {
        try await ServiceFixture.with { first in
            try await ServiceFixture.on(first.pool, slot: 1, holder: "other") { second in
                #expect(try await first.call(.put, "/v1/models/m", DayOfRows.model).status == 201)
                #expect(try await second.call(.get, "/v1/models/m").status == 200)
                let change = #"{"windows": [{"length": "24h", "step": "1h"}, {"length": "7d", "step": "1d"}]}"#
                #expect(try await first.call(.put, "/v1/models/m", change).status == 200)
                try await second.peers.look()
                let windows = try await second.call(.get, "/v1/models/m").body["windows"]?.elements
                #expect(windows?.count == 2)
                #expect(try await second.call(.delete, "/v1/models/m").status == 204)
                try await first.peers.look()
                #expect(try await first.call(.get, "/v1/models/m").status == 404)
            }
        }
    }
}
