import App
import HTTPTypes
import JSON
import Monitoring
import Postgres
import Store
import Testing

/// Rows that are taken out of the log again.
@Suite(.timeLimit(.minutes(15)))
struct RemovalTests {
    /// Rows and labels between 10:15 and 12:20, the minutes 10:15 to 10:29 and 12:10 to 12:19 beside others that stay.
    private static let bad: [DayOfRows.Post] = {
        var (rows, labels) = ("", "")
        for minute in stride(from: 15, to: 140, by: 1) {
            let time = "2026-02-28T1\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60):30Z"
            rows += """
                {"prediction_id":"bad-\(minute)","timestamp":"\(time)","model_version":"1",\
                "features":{"x":\(1000 + minute),"c":"bad"},"prediction":"1","score":0.9}

                """
            labels += #"{"prediction_id":"bad-\#(minute)","actual":"0","timestamp":"\#(time)"}"# + "\n"
        }
        return [DayOfRows.Post(noun: "predictions", lines: rows), DayOfRows.Post(noun: "labels", lines: labels)]
    }()

    /// The rows of a day but for the stretch that is removed.
    private static func kept(seed: UInt64) -> [DayOfRows.Post] {
        let (from, to) = ("2026-02-28T10:15:00Z", "2026-02-28T12:20:00Z")
        let posts = DayOfRows.posts(seed: seed)
        var gone: Set<String> = []
        for post in posts where post.noun == "predictions" {
            for line in post.lines.split(separator: "\n") {
                let time = String(line.split(separator: "\"timestamp\":\"")[1].prefix(20))
                let id = String(line.split(separator: "\"prediction_id\":\"")[1].prefix { $0 != "\"" })
                if time >= from, time < to { gone.insert(id) }
            }
        }
        return posts.map { post in
            let lines = post.lines.split(separator: "\n").filter { line in
                !gone.contains(String(line.split(separator: "\"prediction_id\":\"")[1].prefix { $0 != "\"" }))
            }
            return DayOfRows.Post(noun: post.noun, lines: lines.map { $0 + "\n" }.joined())
        }.filter { !$0.lines.isEmpty }
    }

    private static let stretch = "from=2026-02-28T10:15:00Z&to=2026-02-28T12:20:00Z"

    private static func remove(_ service: ServiceFixture) async throws -> Int64? {
        let answer = try await service.call(.delete, "/v1/models/m/predictions?\(stretch)")
        #expect(answer.status == 200, "\(answer.body)")
        return answer.body["removed"]?.int64
    }

    @Test(arguments: [false, true])
    func `what is removed might never have been there, bit for bit`(isSaved: Bool) async throws {
        let kept = Self.kept(seed: 1)
        let expected = try await DayOfRows.alone(kept)
        try await ServiceFixture.with { service in
            try await DayOfRows.prepare(service)
            for post in kept.prefix(20) + Self.bad + kept.dropFirst(20) { try await DayOfRows.send(post, to: service) }
            if isSaved { #expect(await service.checkpointer.save()) }
            #expect(try await DayOfRows.readings(service) != expected)
            #expect(try await Self.remove(service) == 125)
            #expect(try await DayOfRows.readings(service) == expected)
            #expect(try await Self.remove(service) == 0)
            // The ids are free again, and the labels have waited for them.
            for post in Self.bad {
                let again = try await service.call(
                    .post, "/v1/models/m/\(post.noun)", post.lines, type: "application/x-ndjson")
                #expect(again.body[post.noun == "labels" ? "duplicates" : "accepted"]?.int64 == 125)
            }
            #expect(try await DayOfRows.readings(service) != expected)
            #expect(try await Self.remove(service) == 125)
            #expect(await service.checkpointer.save())
            try await ServiceFixture.on(service.pool) { restarted in
                let told = try await DayOfRows.readings(restarted)
                #expect(told == expected)
            }
        }
    }

    @Test func `a removal reaches the rows of every process, and of one that is gone`() async throws {
        let kept = Self.kept(seed: 2)
        let expected = try await DayOfRows.alone(kept)
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "second") { second in
                try await ServiceFixture.on(first.pool, slot: 2, holder: "third") { third in
                    for (place, post) in (kept + Self.bad).enumerated() {
                        try await DayOfRows.send(post, to: [first, second, third][place % 3])
                    }
                    try await DayOfRows.share([first, second])
                    try await first.pool.execute(
                        Statement("test.expire", "UPDATE writer_slot SET expires_at = '2000-01-01' WHERE slot = 2"))
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            let removed = try await Self.remove(first)
                            #expect(removed == 125)
                        }
                        group.addTask {
                            let store = second.store
                            while try await !store.slotsBehind(removal: 1).isEmpty {
                                try await second.peers.look()
                                await second.checkpointer.save()
                                _ = try await second.takeover.run()
                            }
                        }
                        try await group.waitForAll()
                    }
                    try await DayOfRows.share([first, second])
                    try await first.peers.look()
                    #expect(try await DayOfRows.readings(first) == expected)
                    #expect(try await DayOfRows.readings(second) == expected)
                }
            }
        }
    }

    @Test func `a group that meets a removal is decided again after it`() async throws {
        let kept = Self.kept(seed: 3)
        let expected = try await DayOfRows.alone(kept)
        try await ServiceFixture.with { first in
            try await DayOfRows.prepare(first)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "second") { second in
                for post in Self.bad { try await DayOfRows.send(post, to: second) }
                let store = first.store
                let model = try #require(try await first.models.model(named: "m"))
                let from = try #require(Time(rfc3339: "2026-02-28T10:15:00Z"))
                let to = try #require(Time(rfc3339: "2026-02-28T12:20:00Z"))
                let removed = try await store.remove(model: model.id, from: from, to: to, at: first.time.now)
                #expect(removed?.rows == 125)
                // Neither process has been told.
                for (place, post) in kept.enumerated() {
                    try await DayOfRows.send(post, to: place % 2 == 0 ? first : second)
                }
                try await DayOfRows.share([first, second])
                try await first.peers.look()
                #expect(try await DayOfRows.readings(first) == expected)
                #expect(try await DayOfRows.readings(second) == expected)
            }
        }
    }

    @Test func `an erased row is gone from the log, its id is never taken again, and the statistics stay`() async throws
    {
        try await ServiceFixture.with { service in
            try await DayOfRows.prepare(service)
            for post in Self.bad { try await DayOfRows.send(post, to: service) }
            let before = try await DayOfRows.readings(service)
            let path = "/v1/models/m/predictions"
            var erased = try await service.call(.delete, "\(path)/bad-20")
            // A machine that is busy with all else may not have counted the row yet.
            for _ in 0..<10 where erased.status == 503 { erased = try await service.call(.delete, "\(path)/bad-20") }
            #expect(erased.status == 204, "\(erased.body)")
            #expect(try await service.call(.delete, "\(path)/bad-20").status == 204)
            #expect(try await service.call(.delete, "\(path)/nobody").status == 404)
            let person = try await service.call(.delete, "\(path)?subject_column=x&value=1021")
            #expect(person.body["erased"]?.int64 == 1 && person.body["ids"]?.int64 == 1)
            let all = try await service.call(.delete, "\(path)?subject_column=c&value=bad")
            #expect(all.body["erased"]?.int64 == 123)
            let again = try await service.call(
                .post, path, Self.bad[0].lines, type: "application/x-ndjson")
            #expect(again.body["duplicates"]?.int64 == 125)
            #expect(try await DayOfRows.readings(service) == before)
            let left = try await service.pool.query(
                Statement("test.left", "SELECT count(*) FROM prediction"), []
            ) { row throws(PostgresError) in try row.int(0) }
            #expect(left == [0])
        }
    }

    @Test(arguments: [
        ("", 422), ("?from=2026-02-28T00:00:00Z", 422), ("?from=2026-03-01T00:00:00Z&to=2026-02-28T00:00:00Z", 422),
        ("?subject_column=x", 422), ("?subject_column=x&value=a", 422), ("?subject_column=nothing&value=a", 422),
        ("?form=2026-02-28T00:00:00Z&to=2026-03-01T00:00:00Z", 400),
    ])
    func `a removal that does not say what is refused`(query: String, status: Int) async throws {
        try await ServiceFixture.with { service in
            try await DayOfRows.prepare(service)
            #expect(try await service.call(.delete, "/v1/models/m/predictions\(query)").status == status)
        }
    }
}
