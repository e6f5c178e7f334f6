import Foundation
import TestSupport
import Testing

extension AcceptanceSuite {
    /// The one process that judges rules ends, or is stopped and wakes up too late.
    @Suite(.serialized, .timeLimit(.minutes(10 + KillCount.value / 3)))
    struct EvaluatorTakeoverTests {
        /// Who holds the evaluator's lease, as long as it holds; empty where nobody does.
        private func judge(_ database: OwnDatabase) async throws -> String {
            try await TestServer.text(
                """
                SELECT coalesce(max(holder), '') FROM lease WHERE name = 'evaluator' AND expires_at > clock_timestamp()
                """, at: database.url)
        }

        @Test
        func `another process judges within ten seconds of the death of the one that did`() async throws {
            try await OwnDatabase.with { database in
                try await database.withServices(3) { services in
                    var times: [Duration] = []
                    for _ in 0..<KillCount.value {
                        var holder = ""
                        let isHeld = try await Waiting.until(within: .seconds(20)) {
                            holder = try await judge(database)
                            return services.contains { $0.holder == holder }
                        }
                        try #require(isHeld)
                        let victim = try #require(services.first { $0.holder == holder })
                        try await victim.kill()
                        let killed = ContinuousClock.now
                        let isTaken = try await Waiting.until(within: .seconds(30)) {
                            let next = try await judge(database)
                            return !next.isEmpty && next != holder
                        }
                        #expect(isTaken)
                        times.append(killed.duration(to: .now))
                        try await victim.start()
                    }
                    times.sort()
                    let high = times[(times.count * 99 - 1) / 100]
                    print("evaluator taken over: \(times.count) times, median \(times[times.count / 2]), p99 \(high)")
                    #expect(high <= .seconds(10))
                }
            }
        }

        @Test
        func `a process that was stopped beyond its lease writes nothing more, and what it had is counted once`()
            async throws
        {
            try await OwnDatabase.with { database in
                try await database.withServices(2) { services in
                    try await RowSender.prepare(services[0].client)
                    let sleeper = services[1]
                    let id = try #require(sleeper.processID)
                    let ledger = try await RowLedger.withSenders(4, on: services.map(\.client)) { ledger in
                        try await ledger.waitForProgress()
                        #expect(Foundation.kill(id, SIGSTOP) == 0)
                        // Longer than the lease of 6 s, and until the other has folded what is left.
                        let isTaken = try await Waiting.until(within: .seconds(30)) {
                            try await database.number(
                                "SELECT count(*) FROM writer_slot WHERE expires_at < clock_timestamp() OR holder LIKE '%/recovery'"
                            )
                                > 0
                        }
                        #expect(isTaken)
                        try await Task.sleep(for: .seconds(3))
                        let terms = try await database.number("SELECT sum(term) FROM writer_slot")
                        #expect(Foundation.kill(id, SIGCONT) == 0)
                        // It finds that its slot is another's, and ends; its supervisor starts it again.
                        let isOver = try await Waiting.until(within: .seconds(30)) { !sleeper.isRunning }
                        if isOver { try await sleeper.start() }
                        #expect(try await database.number("SELECT sum(term) FROM writer_slot") >= terms)
                        try await ledger.waitForProgress()
                    }
                    let expected = ledger.attempted
                    for service in services {
                        var counted = RowTotals()
                        _ = try await Waiting.until(within: .seconds(30)) {
                            counted = try await RowTotals(readFrom: service.client)
                            return counted == expected
                        }
                        #expect(counted == expected)
                    }
                    #expect(try await database.number("SELECT count(*) FROM prediction") == expected.rows)
                    #expect(try await database.number("SELECT sum(sign) FROM outcome") == expected.labels)
                }
            }
        }
    }
}
