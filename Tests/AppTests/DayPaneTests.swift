import App
import HTTPTypes
import JSON
import Monitoring
import Postgres
import Store
import TestSupport
import Testing

/// Day panes tell of the same rows what panes tell, whatever comes when.
@Suite(.timeLimit(.minutes(15)))
struct DayPaneTests {
    /// The same model on two databases: one adds up days and lets their panes go, the other one never does.
    private static func model(retention: String) -> String {
        """
        {"task":"binary","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},"segments":[["c"]],
         "windows":[{"length":"6h","step":"1h"}],"retention":\(retention)}
        """
    }

    private static let reference =
        "x,c,score,prediction,actual\n" + (0..<500).map { "\($0 % 97),k\($0 % 4),0.5,1,\($0 % 2)\n" }.joined()

    /// What one request carries.
    private struct Post {
        let path: String
        let text: String
    }

    /// Rows of January 2026 with their labels, many of them days late.
    private static func posts(seed: UInt64, rounds: Int) -> [[Post]] {
        var random = DayOfRows.Seeded(state: seed)
        var number = 0
        return (0..<rounds).map { round in
            let newest = 4 + round * 2
            var rows: [String] = []
            var labels: [String] = []
            for _ in 0..<120 {
                number += 1
                let isLate = Int.random(in: 0..<3, using: &random) == 0
                let day = isLate ? Int.random(in: 1...newest, using: &random) : newest
                let (hour, minute) = (Int.random(in: 0..<24, using: &random), Int.random(in: 0..<60, using: &random))
                let time = "2026-01-\(two(day))T\(two(hour)):\(two(minute)):00Z"
                rows.append(
                    """
                    {"prediction_id":"p\(number)","timestamp":"\(time)","model_version":"\(number % 2)","features":{\
                    "x":\(Double(Int.random(in: 0..<900, using: &random)) / 7),"c":"k\(number % 5)"},\
                    "prediction":"\(number % 2)","score":\(Double(number % 200) / 200)}
                    """)
                let known = Int.random(in: 1...number, using: &random)
                labels.append(
                    "{\"prediction_id\":\"p\(known)\",\"actual\":\"\(known % 3 == 0 ? 1 : 0)\",\"timestamp\":\"2026-01-25T00:00:00Z\"}"
                )
            }
            return [
                Post(path: "predictions", text: rows.joined(separator: "\n")),
                Post(path: "labels", text: labels.joined(separator: "\n")),
            ]
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func prepare(_ service: ServiceFixture, retention: String) async throws {
        #expect(try await service.call(.put, "/v1/models/m", model(retention: retention)).status == 201)
        let path = "/v1/models/m/references/training"
        #expect(try await service.call(.put, path, reference, type: "text/csv").status == 201)
    }

    private static func send(_ posts: [Post], to service: ServiceFixture) async throws {
        for post in posts {
            let answer = try await service.call(
                .post, "/v1/models/m/\(post.path)", post.text, type: "application/x-ndjson")
            #expect(answer.status == 200, "\(answer.body)")
        }
    }

    /// Windows of whole days from many sides.
    private static func wholeDays(_ service: ServiceFixture) async throws -> [String] {
        var texts: [String] = []
        for (length, end) in [("1d", 3), ("4d", 5), ("30d", 17)] {
            for side in ["", "&segment=c%3Dk1", "&version=1", "&known_at=end"] {
                let path = "/v1/models/m/windows?length=\(length)&end=2026-01-\(two(end))T00:00:00Z\(side)"
                let answer = try await service.call(.get, path)
                #expect(answer.status == 200, "\(path): \(answer.body)")
                texts.append(answer.body.text)
            }
        }
        return texts
    }

    /// Windows that begin and end within days.
    private static func partDays(_ service: ServiceFixture) async throws -> [String] {
        var texts: [String] = []
        for (length, end) in [("50h", "05T07"), ("300h", "17T05"), ("6h", "03T04")] {
            for side in ["", "&segment=c%3Dk2", "&known_at=end"] {
                let path = "/v1/models/m/windows?length=\(length)&end=2026-01-\(end):00:00Z\(side)"
                let answer = try await service.call(.get, path)
                #expect(answer.status == 200, "\(path): \(answer.body)")
                texts.append(answer.body.text)
            }
        }
        return texts
    }

    private static func rollUp(_ service: ServiceFixture) async throws {
        #expect(await service.checkpointer.save())
        let model = try #require(try await service.models.model(named: "m"))
        try await model.windows.rollUp(gate: LogGate(queue: service.queue, checkpointer: service.checkpointer))
    }

    private static func count(_ what: String, _ pool: PostgresPool) async throws -> Int64 {
        try await pool.query(Statement("test.count", "SELECT count(*) FROM \(what)"), []).map {
            row throws(PostgresError) in
            try row.int64(0)
        }.first ?? 0
    }

    /// What a service answers that never adds anything up and never starts anew.
    private static func plainly(
        _ rounds: [[Post]], _ read: @escaping @Sendable (ServiceFixture) async throws -> [String]
    ) async throws -> [[String]] {
        let answers = Recorded()
        try await ServiceFixture.with { service in
            try await prepare(service, retention: "{\"rows\":\"90d\",\"panes\":\"800d\"}")
            for posts in rounds {
                try await send(posts, to: service)
                answers.texts.append(try await read(service))
            }
        }
        return answers.texts
    }

    private final class Recorded: @unchecked Sendable {
        var texts: [[String]] = []
    }

    @Test(arguments: 0..<2)
    func `windows read the same from day panes, with late rows, after restarts and in other slots`(
        seed: UInt64
    ) async throws {
        let rounds = Self.posts(seed: seed, rounds: 5)
        let read: @Sendable (ServiceFixture) async throws -> [String] = {
            try await Self.wholeDays($0) + Self.partDays($0)
        }
        let expected = try await Self.plainly(rounds, read)
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            for (round, posts) in rounds.enumerated() {
                // Another slot each time, so that days are made of those of several.
                try await ServiceFixture.on(pool, slot: Int32(round % 2), holder: "process \(round % 2)") { service in
                    if round == 0 {
                        try await Self.prepare(service, retention: "{\"rows\":\"90d\",\"panes\":\"800d\"}")
                    }
                    if round % 2 == 1 { try await Self.rollUp(service) }
                    try await Self.send(posts, to: service)
                    #expect(try await read(service) == expected[round])
                    try await Self.rollUp(service)
                    #expect(try await read(service) == expected[round])
                    // The days before the newest have ended.
                    #expect(try await Self.count("day_pane WHERE NOT alone", pool) >= 3)
                }
            }
            try await ServiceFixture.on(pool, slot: 2, holder: "reader") { service in
                let answers = try await read(service)
                #expect(answers == expected[4])
            }
        }
    }

    @Test func `a window is read from day panes without its panes`() async throws {
        let rounds = Self.posts(seed: 9, rounds: 4)
        let expected = try await Self.plainly(rounds, Self.wholeDays)
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await ServiceFixture.on(pool) { service in
                try await Self.prepare(service, retention: "{\"rows\":\"90d\",\"panes\":\"800d\"}")
                for posts in rounds { try await Self.send(posts, to: service) }
                try await Self.rollUp(service)
            }
            try await pool.execute(
                Statement("test.spoil", "UPDATE pane SET content = '\\x00' WHERE start < '2026-01-09'"), [])
            try await ServiceFixture.on(pool) { service in
                let path = "/v1/models/m/windows?length=4d&end=2026-01-05T00:00:00Z"
                let answer = try await service.call(.get, path)
                #expect(answer.body.text == expected[3][4])
                // Where a day is cut its panes are needed.
                let cut = "/v1/models/m/windows?length=4d&end=2026-01-05T12:00:00Z"
                let refusal = try await service.call(.get, cut)
                #expect(refusal.status >= 500)
            }
        }
    }

    @Test(arguments: 0..<2)
    func `days outlive their panes, and late rows still join them`(seed: UInt64) async throws {
        let rounds = Self.posts(seed: seed &+ 50, rounds: 6)
        let expected = try await Self.plainly(rounds, Self.wholeDays)
        let retention = "{\"rows\":\"90d\",\"panes\":\"2d\",\"day_panes\":\"400d\"}"
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            for (round, posts) in rounds.enumerated() {
                try await ServiceFixture.on(pool) { service in
                    if round == 0 { try await Self.prepare(service, retention: retention) }
                    try await Self.send(posts, to: service)
                    // Rows that are folded but not saved yet join days that stand alone as well.
                    #expect(try await Self.wholeDays(service) == expected[round])
                    for _ in 0..<2 {
                        try await Self.rollUp(service)
                        #expect(try await Self.wholeDays(service) == expected[round])
                    }
                    guard round == 3 else { return }
                    // A second process answers the same.
                    try await ServiceFixture.on(pool, slot: 1, holder: "other") { other in
                        let answers = try await Self.wholeDays(other)
                        #expect(answers == expected[round])
                    }
                }
            }
            #expect(try await Self.count("day_pane WHERE alone", pool) > 20)
            #expect(try await Self.count("day_pane WHERE alone AND version = '' AND segment = ''", pool) >= 8)
            try await ServiceFixture.on(pool) { service in
                let answers = try await Self.wholeDays(service)
                #expect(answers == expected[5])
                // What cuts a day without panes is not answered.
                for path in ["length=6h&end=2026-01-03T12:00:00Z", "length=48h&end=2026-01-05T07:00:00Z"] {
                    let answer = try await service.call(.get, "/v1/models/m/windows?\(path)")
                    #expect(answer.status == 422, "\(path): \(answer.body)")
                }
                let newest = "/v1/models/m/windows?length=6h&end=2026-01-15T00:00:00Z"
                let answer = try await service.call(.get, newest)
                #expect(answer.status == 200, "\(answer.body)")
            }
        }
    }

    /// Takes a stretch within days out of the log.
    private static func remove(_ service: ServiceFixture) async throws {
        #expect(await service.checkpointer.save())
        let stretch = "from=2026-01-03T06:30:00Z&to=2026-01-05T18:00:00Z"
        let answer = try await service.call(.delete, "/v1/models/m/predictions?\(stretch)")
        #expect(answer.status == 200, "\(answer.body)")
    }

    /// Answers without how often panes changed: a day whose panes are gone changes once where each of them did.
    private static func withoutRevision(_ texts: [String]) -> [String] {
        texts.map { text in
            text.split(separator: "\"revision\":").enumerated().map { place, part in
                place == 0 ? String(part) : String(part.drop { $0.isNumber })
            }.joined()
        }
    }

    @Test(arguments: [
        "{\"rows\":\"90d\",\"panes\":\"800d\"}", "{\"rows\":\"90d\",\"panes\":\"2d\",\"day_panes\":\"400d\"}",
    ])
    func `rows that are taken out leave their days, also those without panes`(retention: String) async throws {
        let rounds = Self.posts(seed: 31, rounds: 4)
        let expected = Recorded()
        try await ServiceFixture.with { service in
            try await Self.prepare(service, retention: "{\"rows\":\"90d\",\"panes\":\"800d\"}")
            for posts in rounds { try await Self.send(posts, to: service) }
            try await Self.remove(service)
            expected.texts.append(Self.withoutRevision(try await Self.wholeDays(service)))
        }
        try await ServiceFixture.with { service in
            try await Self.prepare(service, retention: retention)
            for posts in rounds { try await Self.send(posts, to: service) }
            for _ in 0..<2 { try await Self.rollUp(service) }
            try await Self.remove(service)
            for _ in 0..<3 {
                let answers = Self.withoutRevision(try await Self.wholeDays(service))
                #expect(answers == expected.texts[0])
                try await Self.rollUp(service)
            }
        }
    }

    @Test func `a day pane that was made of other panes does not count`() async throws {
        let rounds = Self.posts(seed: 77, rounds: 3)
        let expected = try await Self.plainly(rounds, Self.wholeDays)
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await ServiceFixture.on(pool) { service in
                try await Self.prepare(service, retention: "{\"rows\":\"90d\",\"panes\":\"800d\"}")
                try await Self.send(rounds[0], to: service)
                try await Self.send(rounds[1], to: service)
                try await Self.rollUp(service)
                // The process ends before the days are made anew.
                try await Self.send(rounds[2], to: service)
                #expect(await service.checkpointer.save())
            }
            try await ServiceFixture.on(pool) { service in
                let answers = try await Self.wholeDays(service)
                #expect(answers == expected[2])
            }
        }
    }
}
