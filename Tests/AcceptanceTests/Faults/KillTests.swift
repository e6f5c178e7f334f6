import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// Processes that end without warning, under load.
    @Suite(.serialized, .timeLimit(.minutes(5 + KillCount.value / 10)))
    struct KillTests {
        /// Waits for a random time, so that what follows comes at any moment of the work.
        private func moment(_ range: ClosedRange<Int>, using random: inout SeededNumbers) async throws {
            try await Task.sleep(for: .milliseconds(Int.random(in: range, using: &random)))
        }

        private func expectCounted(_ expected: RowTotals, _ client: ServiceClient) async throws {
            let end = ContinuousClock.now + .seconds(10)
            var counted = try await RowTotals(readFrom: client)
            while counted != expected, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(100))
                counted = try await RowTotals(readFrom: client)
            }
            #expect(counted == expected)
        }

        @Test
        func `a service that is killed again and again counts every row and label exactly once`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                var random = SeededNumbers(1)
                let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                    for _ in 0..<KillCount.value {
                        try await moment(50...1200, using: &random)
                        try await service.kill()
                        try await service.start()
                    }
                    try await ledger.waitForProgress()
                }
                #expect(ledger.retries > 0)
                try await expectCounted(ledger.attempted, service.client)
            }
        }

        @Test
        func `a database server that is killed is started again, and nothing acknowledged is lost`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                var random = SeededNumbers(2)
                let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                    for _ in 0..<3 {
                        try await ledger.waitForProgress()
                        try await moment(50...600, using: &random)
                        let server = try #require(service.postmaster)
                        #expect(kill(server, SIGKILL) == 0)
                        let isReplaced = try await Waiting.until(within: .seconds(60)) {
                            guard let next = service.postmaster else { return false }
                            return next != server && Service.isAlive(next)
                        }
                        #expect(isReplaced, "a server runs again within a minute")
                        try await ledger.waitForProgress()
                    }
                }
                #expect(await service.client.isReady())
                try await expectCounted(ledger.attempted, service.client)
            }
        }

        @Test
        func `an end on request under load loses nothing and has status 0`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                    for _ in 0..<3 {
                        try await ledger.waitForProgress()
                        try await service.stop()
                        try await service.start()
                    }
                    try await ledger.waitForProgress()
                }
                try await expectCounted(ledger.attempted, service.client)
            }
        }

        @Test
        func `rows that were acknowledged before an end on request are there without being sent again`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                var random = SeededNumbers(3)
                let batches = (0..<20).map { RowBatch(sender: 9, from: $0 * 100, size: 100, using: &random) }
                var expected = RowTotals()
                for batch in batches {
                    for (noun, lines) in [("predictions", batch.rows), ("labels", batch.labels)] {
                        let answer = try await service.client.send(
                            "POST", "/v1/models/\(RowSender.model)/\(noun)", Array(lines.utf8),
                            type: "application/x-ndjson")
                        try #require(answer.status == 200)
                    }
                    expected += batch.totals
                }
                // At this moment nothing says that the rows have been folded, or their panes been written.
                try await service.stop()
                try await service.start()
                try await expectCounted(expected, service.client)
                let again = try await service.client.call(
                    "POST", "/v1/models/\(RowSender.model)/predictions", Array(batches[0].rows.utf8),
                    type: "application/x-ndjson")
                #expect(again["duplicates"]?.int64 == 100 && again["accepted"]?.int64 == 0)
            }
        }
    }
}
