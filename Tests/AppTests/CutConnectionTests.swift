import App
import HTTPTypes
import JSON
import Postgres
import TestSupport
import Testing

/// Connections to the database that are lost in the middle of rows, and while days let go of their panes.
@Suite(.timeLimit(.minutes(15)))
struct CutConnectionTests {
    private static let windows = [(length: "1d", end: 3), (length: "4d", end: 6), (length: "9d", end: 11)]

    private static func row(_ id: String, minute: Int) -> String {
        """
        {"prediction_id":"\(id)","timestamp":"2026-02-28T10:\(DaysOfRows.two(minute)):00Z","features":{"x":1,"c":"k\(minute)"}}
        """
    }

    @Test func `rows whose connection is cut at any byte are stored all or none, and counted as often`() async throws {
        try await ServiceFixture.behindProxy { service, proxy, aside in
            let definition = """
                {"task":"none","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},
                 "windows":[{"length":"24h","step":"1h"}]}
                """
            _ = try await service.call(.put, "/v1/models/m", definition)
            _ = try await service.call(.post, "/v1/models/m/predictions", Self.row("first", minute: 0))
            var random = DayOfRows.Seeded(state: 15)
            let (rounds, size) = (60, 200)
            var stored: Int64 = 1
            for round in 0..<rounds {
                let lines = (0..<size).map { Self.row("r\(round)-\($0)", minute: $0 % 60) }.joined(separator: "\n")
                // 200 rows take some 20 kB on their way to the server.
                proxy.arm(afterBytes: Int.random(in: 1..<16_000, using: &random))
                let answer = try await service.call(
                    .post, "/v1/models/m/predictions", lines, type: "application/x-ndjson")
                let found = try await DaysOfRows.count("prediction WHERE prediction_id LIKE 'r\(round)-%'", aside)
                #expect(answer.status == 200 ? found == size : answer.status == 503 && found == 0, "\(answer) \(found)")
                stored += found
            }
            #expect(proxy.cuts >= rounds / 2, "cuts meet rows")
            #expect(stored > Int64(size), "rows are taken after a cut")
            let window = try await service.call(.get, "/v1/models/m/windows?length=24h&end=2026-03-01T00:00:00Z")
            #expect(window.body["predictions"]?.int64 == stored)
            #expect(try await DaysOfRows.count("identity", aside) == stored)
        }
    }

    /// A service starts with saved panes and none of them in memory; what is committed must be folded into them.
    @Test(arguments: [CuttingProxy.Cut.before, .after])
    func `committed rows are folded however often the read of their panes is cut, and the service goes on`(
        cut: CuttingProxy.Cut
    ) async throws {
        try await ServiceFixture.behindProxy { service, proxy, aside in
            try await DaysOfRows.prepare(service, retention: DaysOfRows.plain)
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...4), to: service)
            #expect(await service.checkpointer.save())
            let before = try await DaysOfRows.count("prediction", aside)
            // New connections send the whole text of a statement.
            let pool = PostgresPool(service.pool.configuration)
            try await ServiceFixture.on(pool) { again in
                let cuts = 8
                proxy.arm(cut, at: "AS wanted (segment, version)", times: cuts)
                try await Self.send(late: 0, to: again)
                #expect(proxy.cuts == cuts, "the read of the panes was cut")
                try await Self.send(late: 1, to: again)
                let window = try await again.call(.get, "/v1/models/m/windows?length=9d&end=2026-01-10T00:00:00Z")
                #expect(window.body["predictions"]?.int64 == before + 2)
            }
            await pool.close()
        }
    }

    /// What a service tells after each of some late rows, and that never adds days up.
    private static func send(late round: Int, to service: ServiceFixture) async throws {
        let row = DaysOfRows.row("late\(round)", day: 1 + round, hour: 2 * round, x: 11 * round)
        try await DaysOfRows.send("predictions", row, to: service)
    }

    @Test(arguments: CuttingProxy.Cut.allCases)
    func `a day whose letting go was not answered counts once, whatever is read and comes meanwhile`(
        cut: CuttingProxy.Cut
    ) async throws {
        let rounds = 3
        let expected = try await DaysOfRows.expected { service in
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            var texts: [String] = []
            for round in 0..<rounds {
                try await Self.send(late: round, to: service)
                texts += try await DaysOfRows.read(service, Self.windows)
            }
            return texts
        }
        let each = expected.count / rounds
        try await ServiceFixture.behindProxy { service, proxy, aside in
            try await DaysOfRows.prepare(service, retention: DaysOfRows.short)
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...10), to: service)
            try await DaysOfRows.rollUp(service)
            for round in 0..<rounds {
                let before = proxy.cuts
                #expect(await service.checkpointer.save())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    proxy.arm(cut)
                    group.addTask {
                        do { try await DaysOfRows.rollUp(service) } catch {
                            let isOfLeaving = "\(error)".contains("day_pane.leave")
                            #expect(isOfLeaving, "\(error)")
                        }
                    }
                    group.addTask {
                        for _ in 0..<10 {
                            _ = try await service.series(
                                "m",
                                "measure=mean&feature=x&length=1d&from=2026-01-02T00:00:00Z&to=2026-01-10T00:00:00Z")
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(proxy.cuts == before + 1)
                try await Self.send(late: round, to: service)
                let texts = Array(expected[round * each..<(round + 1) * each])
                #expect(try await DaysOfRows.read(service, Self.windows) == texts)
                #expect(await service.checkpointer.save())
                #expect(try await DaysOfRows.read(service, Self.windows) == texts)
            }
            try await DaysOfRows.rollUp(service, times: 3)
            #expect(try await DaysOfRows.count("day_pane WHERE alone AND segment = '' AND version = ''", aside) == 7)
            let last = Array(expected[(rounds - 1) * each..<rounds * each])
            #expect(try await DaysOfRows.read(service, Self.windows) == last)
            try await ServiceFixture.on(aside) { again in
                let texts = try await DaysOfRows.read(again, Self.windows)
                #expect(texts == last)
            }
        }
    }
}
