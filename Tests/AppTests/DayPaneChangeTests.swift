import App
import HTTPTypes
import JSON
import Store
import Testing

/// Day panes while a model changes, loses rows, and is worked on by several processes.
@Suite(.timeLimit(.minutes(15)))
struct DayPaneChangeTests {
    private static let windows = [(length: "1d", end: 3), (length: "4d", end: 6), (length: "9d", end: 11)]

    @Test(arguments: [DaysOfRows.plain, DaysOfRows.short])
    func `a feature that goes and comes again is in the days as it is in their panes`(retention: String) async throws {
        let run: @Sendable (ServiceFixture, String, Bool) async throws -> [String] = { service, retention, isRolled in
            let (x, c) = (#""x":{"type":"numeric"}"#, #""c":{"type":"categorical"}"#)
            let y = #""y":{"type":"numeric"}"#
            var texts: [String] = []
            for (day, features) in [(3, "\(x),\(c)"), (6, "\(x),\(c),\(y)"), (8, "\(c),\(y)"), (10, "\(x),\(c),\(y)")] {
                let definition = DaysOfRows.model(retention: retention, features: features)
                #expect(try await service.call(.put, "/v1/models/m", definition).status == 200)
                let rows = DaysOfRows.rows((day == 3 ? 1 : day - 1)...day)
                try await DaysOfRows.send("predictions", rows.replacing("\"x\":", with: "\"y\":7,\"x\":"), to: service)
                if isRolled { try await DaysOfRows.rollUp(service, times: 2) }
                texts += try await DaysOfRows.read(service, Self.windows)
            }
            return texts
        }
        let expected = try await DaysOfRows.expected { try await run($0, DaysOfRows.plain, false) }
        try await ServiceFixture.with { service in
            try await DaysOfRows.prepare(service, retention: retention)
            let texts = try await run(service, retention, true)
            #expect(texts == expected)
            #expect(try await DaysOfRows.count("day_pane", service.pool) > 20)
        }
    }

    @Test func `a new reference folds days anew, which are added up for themselves`() async throws {
        let change: @Sendable (ServiceFixture) async throws -> [String] = { service in
            let rows = (0..<300).map { "\($0 % 31),k\($0 % 3),0.5,\($0 % 2),\($0 % 2)\n" }.joined()
            let answer = try await service.call(
                .put, "/v1/models/m/references/training", "x,c,score,prediction,actual\n" + rows, type: "text/csv")
            #expect(answer.status == 200, "\(answer.body)")
            try await DaysOfRows.send("predictions", DaysOfRows.rows(11...12), to: service)
            return try await DaysOfRows.read(
                service, Self.windows + [(length: "1d", end: 13), (length: "1d", end: 12)])
        }
        let expected = try await DaysOfRows.expected { service in
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            return try await change(service)
        }
        try await ServiceFixture.with { service in
            try await DaysOfRows.prepare(service, retention: DaysOfRows.short)
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            try await DaysOfRows.rollUp(service, times: 2)
            #expect(try await change(service) == expected)
            for _ in 0..<3 {
                try await DaysOfRows.rollUp(service)
                let texts = try await DaysOfRows.read(
                    service, Self.windows + [(length: "1d", end: 13), (length: "1d", end: 12)])
                #expect(texts == expected)
            }
        }
    }

    @Test(arguments: [DaysOfRows.plain, DaysOfRows.short])
    func `a removal takes the day panes along, and days are added up anew`(retention: String) async throws {
        let stretch = "from=2026-01-02T00:00:00Z&to=2026-01-04T12:00:00Z"
        try await ServiceFixture.with { service in
            try await DaysOfRows.prepare(service, retention: retention)
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            try await DaysOfRows.rollUp(service, times: 2)
            let removed = try await service.call(.delete, "/v1/models/m/predictions?\(stretch)")
            #expect(removed.status == 200)
            try await DaysOfRows.rollUp(service, times: 2)
            let made = try await DaysOfRows.count(
                "day_pane WHERE segment = '' AND version = '' AND start IN ('2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z')",
                service.pool)
            let kept = try await DaysOfRows.count(
                "day_pane WHERE segment = '' AND version = '' AND start = '2026-01-04T00:00:00Z' AND predictions = 6",
                service.pool)
            #expect(kept == 1)
            // A day without rows still counts how often its panes changed, and so has some.
            let empty = try await DaysOfRows.count(
                "day_pane WHERE start IN ('2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z') AND predictions > 0",
                service.pool)
            #expect(made <= 2 && empty == 0)
            let missing = try await DaysOfRows.count(
                """
                day_pane d WHERE NOT alone AND NOT EXISTS (
                    SELECT 1 FROM pane p WHERE p.model = d.model AND p.generation = d.generation
                        AND p.segment = d.segment AND d.version IN (p.version, p.sole) AND p.slot = d.slot
                        AND p.start >= d.start AND p.start < d.start + interval '24 hours')
                """, service.pool)
            #expect(missing == 0)
        }
    }

    @Test func `two processes add up and let go while rows come in, and nothing is lost or counted twice`() async throws
    {
        let expected = try await DaysOfRows.expected { service in
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...16), to: service)
            try await DaysOfRows.send("labels", DaysOfRows.labels(1...16, known: "2026-01-17T00:00:00Z"), to: service)
            return Self.withoutRevision(try await DaysOfRows.read(service, Self.windows))
        }
        try await ServiceFixture.with { first in
            try await DaysOfRows.prepare(first, retention: DaysOfRows.short)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "second") { second in
                let rows = (1...16).map { DaysOfRows.rows($0...$0).split(separator: "\n") }
                let labels = DaysOfRows.labels(1...16, known: "2026-01-17T00:00:00Z").split(separator: "\n")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (place, service) in [first, second].enumerated() {
                        group.addTask {
                            // Each has every other row: half of a day's as it goes by, half when its panes are about to go.
                            for round in 0..<19 {
                                let fresh = Self.part(place, of: rows, on: round)
                                let late = Self.part(place + 2, of: rows, on: round - 3)
                                try await DaysOfRows.send(
                                    "predictions", (fresh + late).joined(separator: "\n"), to: service)
                                let own = labels.enumerated().filter { $0.offset % 38 == 2 * round + place }.map(
                                    \.element)
                                try await DaysOfRows.send("labels", own.joined(separator: "\n"), to: service)
                                try await DaysOfRows.rollUp(service)
                                try await service.peers.look()
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                for _ in 0..<2 {
                    for service in [first, second] {
                        #expect(await service.checkpointer.save())
                        try await first.peers.look()
                        try await second.peers.look()
                        let texts = Self.withoutRevision(try await DaysOfRows.read(service, Self.windows))
                        #expect(texts == expected)
                        try await DaysOfRows.rollUp(service, times: 2)
                    }
                }
                for slot in 0..<2 {
                    let alone = try await DaysOfRows.count(
                        "day_pane WHERE alone AND segment = '' AND version = '' AND slot = \(slot)", first.pool)
                    #expect(alone == 13)
                }
            }
        }
    }

    /// Every fourth row of a day, if there is such a day.
    private static func part(_ first: Int, of days: [[Substring]], on day: Int) -> [Substring] {
        guard days.indices.contains(day) else { return [] }
        return days[day].enumerated().filter { $0.offset % 4 == first }.map(\.element)
    }

    /// Answers without how often panes changed, which follows from the order in which rows come.
    private static func withoutRevision(_ texts: [String]) -> [String] {
        texts.map { text in
            text.split(separator: "\"revision\":").enumerated().map { place, part in
                place == 0 ? String(part) : String(part.drop { $0.isNumber })
            }.joined()
        }
    }
}
