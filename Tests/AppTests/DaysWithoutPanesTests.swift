import App
import HTTPTypes
import JSON
import Postgres
import Store
import TestSupport
import Testing

/// Days whose panes have gone, and what comes after that.
@Suite(.timeLimit(.minutes(15)))
struct DaysWithoutPanesTests {
    private static let windows = [(length: "1d", end: 3), (length: "4d", end: 6), (length: "9d", end: 11)]

    @Test func `labels that change after the panes have gone count anew`() async throws {
        let send: @Sendable (ServiceFixture, Int) async throws -> Void = { service, step in
            switch step {
            case 0: try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            case 1:
                let labels = DaysOfRows.labels(1...8, known: "2026-01-09T00:00:00Z")
                try await DaysOfRows.send("labels", labels, to: service)
            case 2:
                // Some of them are known late, some are other ones.
                let labels = DaysOfRows.labels(1...4, known: "2026-01-10T05:00:00Z", shift: 1)
                try await DaysOfRows.send("labels", labels, to: service)
                let late = DaysOfRows.row("late", day: 2, hour: 0, x: 8)
                try await DaysOfRows.send("predictions", late, to: service)
                let label = #"{"prediction_id":"late","actual":"1","timestamp":"2026-01-10T06:00:00Z"}"#
                try await DaysOfRows.send("labels", label, to: service)
            default:
                // Back to what they were: what changed adds up to nothing.
                let labels = DaysOfRows.labels(1...4, known: "2026-01-10T07:00:00Z")
                try await DaysOfRows.send("labels", labels, to: service)
            }
        }
        let expected = try await DaysOfRows.expected { service in
            var texts: [String] = []
            for step in 0..<4 {
                try await send(service, step)
                texts += try await DaysOfRows.read(service, Self.windows)
            }
            return texts
        }
        let each = expected.count / 4
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            for step in 0..<4 {
                try await ServiceFixture.on(pool) { service in
                    if step == 0 { try await DaysOfRows.prepare(service, retention: DaysOfRows.short) }
                    try await send(service, step)
                    let texts = Array(expected[step * each..<(step + 1) * each])
                    #expect(try await DaysOfRows.read(service, Self.windows) == texts)
                    try await DaysOfRows.rollUp(service, times: 2)
                    #expect(try await DaysOfRows.read(service, Self.windows) == texts)
                    #expect(
                        try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", pool) == 7)
                }
            }
        }
    }

    @Test func `a process that ends between stating and letting go leaves windows as they are`() async throws {
        let expected = try await DaysOfRows.expected { service in
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            return try await DaysOfRows.read(service, Self.windows)
        }
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await ServiceFixture.on(pool) { service in
                try await DaysOfRows.prepare(service, retention: DaysOfRows.short)
                try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
                try await DaysOfRows.rollUp(service)
            }
            #expect(try await DaysOfRows.count("generation WHERE fine_from = '2026-01-08T00:00:00Z'", pool) == 1)
            #expect(try await DaysOfRows.count("day_pane WHERE alone", pool) == 0)
            // What is stated is for all: no window is cut any more, though the panes are still there.
            for alone in [Int64(0), 7] {
                try await ServiceFixture.on(pool) { service in
                    #expect(try await DaysOfRows.read(service, Self.windows) == expected)
                    let cut = try await service.call(
                        .get, "/v1/models/m/windows?length=6h&end=2026-01-04T07:00:00Z")
                    #expect(cut.status == 422)
                    #expect(cut.body.text.contains("midnight UTC"), "\(cut.body)")
                    // After a start it is made sure that others have heard of it.
                    try await DaysOfRows.rollUp(service)
                    #expect(
                        try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", pool) == 0)
                    guard alone > 0 else { return }
                    try await DaysOfRows.rollUp(service)
                    #expect(
                        try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", pool)
                            == alone)
                    #expect(try await DaysOfRows.count("pane WHERE start < '2026-01-08'", pool) == 0)
                    #expect(try await DaysOfRows.read(service, Self.windows) == expected)
                }
            }
        }
    }

    @Test func `a process that lost its panes to another cannot count them twice when it comes back`() async throws {
        let late = DaysOfRows.row("late", day: 2, hour: 4, x: 5)
        let expected = try await DaysOfRows.expected { service in
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            try await DaysOfRows.send("predictions", late, to: service)
            return try await DaysOfRows.read(service, Self.windows)
        }
        try await ServiceFixture.with { first in
            try await DaysOfRows.prepare(first, retention: DaysOfRows.short)
            try await ServiceFixture.on(first.pool, slot: 1, holder: "stalled") { stalled in
                try await DaysOfRows.send("predictions", DaysOfRows.rows(1...9), to: stalled)
                #expect(await stalled.checkpointer.save())
                _ = try await DaysOfRows.read(stalled, [(length: "1d", end: 3)])
                // It is not heard of for longer than its lease, and nobody takes its slot: all that it did is saved.
                try await first.pool.execute(
                    Statement("test.expire", "UPDATE writer_slot SET expires_at = '2000-01-01' WHERE slot = 1"))
                try await DaysOfRows.send("predictions", DaysOfRows.rows(10...10), to: first)
                try await first.peers.look()
                try await DaysOfRows.rollUp(first, times: 2)
                #expect(try await DaysOfRows.count("pane WHERE start < '2026-01-08'", first.pool) == 0)
                #expect(try await !stalled.store.renewWriterSlot(stalled.slot.current, seconds: 6))
                let refused = try await stalled.call(.post, "/v1/models/m/predictions", late)
                #expect(refused.status >= 500)
            }
            try await DaysOfRows.send("predictions", late, to: first)
            try await first.peers.look()
            #expect(try await DaysOfRows.read(first, Self.windows) == expected)
        }
    }

    @Test func `the weeks before are those that have panes, also after a restart and with late rows`() async throws {
        let windows = #"{"length":"6h","step":"1h"},{"length":"1d","step":"1h"}"#
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            let check: @Sendable (ServiceFixture) async throws -> Void = { service in
                let answer = try await service.call(
                    .get, "/v1/models/m/windows?length=1d&end=2026-01-30T00:00:00Z")
                #expect(answer.body["volume"]?["weeks"]?.int64 == 2, "\(answer.body)")
                #expect(answer.body["volume"]?["expected"]?.double == 12)
                // Of a day without panes it is known what it holds, and nothing of what was before it.
                let old = try await service.call(.get, "/v1/models/m/windows?length=1d&end=2026-01-09T00:00:00Z")
                #expect(old.body["predictions"]?.int64 == 12)
                #expect(old.body["volume"]?["weeks"]?.int64 == 0)
                #expect(old.body["freshness_seconds"]?.double == 13_200)
            }
            try await ServiceFixture.on(pool) { service in
                let retention = #"{"rows":"90d","panes":"16d","day_panes":"400d"}"#
                try await DaysOfRows.prepare(service, retention: retention, windows: windows)
                try await DaysOfRows.send("predictions", DaysOfRows.rows(1...29), to: service)
                let path = "/v1/models/m/windows?length=1d&end=2026-01-30T00:00:00Z"
                let before = try await service.call(.get, path)
                #expect(before.body["volume"]?["weeks"]?.int64 == 3)
                try await DaysOfRows.rollUp(service, times: 2)
                #expect(
                    try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", pool) == 12)
                try await check(service)
                let late = DaysOfRows.row("late", day: 1, hour: 0, x: 5)
                try await DaysOfRows.send("predictions", late, to: service)
                try await check(service)
                #expect(await service.checkpointer.save())
            }
            try await ServiceFixture.on(pool) { service in try await check(service) }
        }
    }

    @Test func `days are 24 hours long on a server in whatever time zone`() async throws {
        let expected = try await DaysOfRows.expected { service in
            try await DaysOfRows.send("predictions", Self.autumn, to: service)
            return try await Self.readAutumn(service)
        }
        try await TestServer.withSchema { configuration in
            var local = configuration
            // Clocks went back there on the second of November 2025.
            local.connectionString += " options='-c TimeZone=America/New_York'"
            let pool = PostgresPool(local)
            try await TestServer.migrate(pool)
            try await ServiceFixture.on(pool) { service in
                try await DaysOfRows.prepare(service, retention: DaysOfRows.short)
                try await DaysOfRows.send("predictions", Self.autumn, to: service)
                try await DaysOfRows.rollUp(service, times: 2)
                #expect(try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", pool) == 4)
                #expect(try await Self.readAutumn(service) == expected)
                let stretch = "from=2025-11-02T00:00:00Z&to=2025-11-03T00:00:00Z"
                #expect(try await service.call(.delete, "/v1/models/m/predictions?\(stretch)").status == 200)
                #expect(try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", pool) == 3)
            }
            await pool.close()
        }
    }

    private static var autumn: String {
        let days = ["10-30", "10-31", "11-01", "11-02", "11-03", "11-04", "11-05"]
        return days.flatMap { day in
            (0..<24).map { hour in
                """
                {"prediction_id":"\(day)-\(hour)","timestamp":"2025-\(day)T\(DaysOfRows.two(hour)):30:00Z",\
                "features":{"x":\(hour),"c":"k1"},"prediction":"1","score":0.5}
                """
            }
        }.joined(separator: "\n")
    }

    private static func readAutumn(_ service: ServiceFixture) async throws -> [String] {
        var texts: [String] = []
        for path in ["length=1d&end=2025-11-03T00:00:00Z", "length=4d&end=2025-11-04T00:00:00Z"] {
            let answer = try await service.call(.get, "/v1/models/m/windows?\(path)")
            #expect(answer.status == 200)
            texts.append(answer.body.text)
        }
        return texts
    }
}
