import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// The service, its database server, or both end without warning, at any moment of the work.
    @Suite(.serialized, .timeLimit(.minutes(5 + KillCount.value / 4)))
    struct RandomKillTests {
        /// What ends.
        private enum Victim: CaseIterable {
            case service
            case database
            case both
        }

        /// Waits until a server runs that is not the one that was killed.
        private func expectReplaced(_ server: Int32, _ service: Service) async throws {
            let isReplaced = try await Waiting.until(within: .seconds(60)) {
                guard let next = service.postmaster else { return false }
                return next != server && Service.isAlive(next)
            }
            try #require(isReplaced, "no server runs again within a minute")
        }

        private func end(_ victim: Victim, _ service: Service) async throws {
            switch victim {
            case .service:
                try await service.kill()
                try await service.start()
            case .database:
                let server = try #require(service.postmaster)
                #expect(Foundation.kill(server, SIGKILL) == 0)
                try await expectReplaced(server, service)
            case .both:
                let server = try #require(service.postmaster)
                try await service.kill()
                #expect(Foundation.kill(server, SIGKILL) == 0)
                try await service.start()
            }
        }

        @Test
        func `a recount in SQL finds everything that was acknowledged once, and windows tell the same`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                var random = SeededNumbers(31)
                var kills: [Victim: Int] = [:]
                let began = ContinuousClock.now
                let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                    for _ in 0..<2 * KillCount.value {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 20...900, using: &random)))
                        let victim = Victim.allCases.randomElement(using: &random) ?? .both
                        try await end(victim, service)
                        kills[victim, default: 0] += 1
                    }
                    try await ledger.waitForProgress()
                }
                let (expected, acknowledged) = (ledger.attempted, ledger.acknowledged)
                #expect(expected == acknowledged, "senders go on until everything is acknowledged")
                var counted = RowTotals()
                _ = try await Waiting.until(within: .seconds(30)) {
                    counted = try await RowTotals(readFrom: service.client)
                    return counted == expected
                }
                #expect(counted == expected)
                let log = service.ownDatabase
                let rows = try await log.number("SELECT count(*) FROM prediction")
                let ids = try await log.number("SELECT count(DISTINCT prediction_id) FROM prediction")
                let labels = try await log.number("SELECT sum(sign)::int8 FROM outcome")
                let x = try await log.number("SELECT sum(numbers[1])::int8 FROM prediction")
                #expect(rows == expected.rows && ids == expected.rows)
                #expect(labels == expected.labels && x == expected.x)
                let parts = Victim.allCases.map { "\($0) \(kills[$0] ?? 0)" }.joined(separator: ", ")
                print(
                    "kills: \(2 * KillCount.value) (\(parts)) in \(began.duration(to: .now)); rows: \(expected.rows), "
                        + "labels: \(expected.labels), sent again: \(ledger.retries), lost: \(expected.rows - ids), "
                        + "twice: \(rows - ids)")
            }
        }
    }
}
