import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// Three processes on one database, any of which may be killed at any moment.
    @Suite(.serialized, .timeLimit(.minutes(10 + KillCount.value / 5)))
    struct SeveralProcessesTests {
        /// What a service tells of the day, but how often it was told.
        private func readings(_ client: ServiceClient) async throws -> [String] {
            var texts: [String] = []
            for hour in 1...24 {
                let end = hour == 24 ? "2026-01-02T00:00:00Z" : "2026-01-01T\(hour < 10 ? "0" : "")\(hour):00:00Z"
                let window = try await client.window(RowSender.model, "1h", end: end)
                guard case .object(let members) = window else { continue }
                let told = JSONNode.object(members.filter { $0.name != "window" })
                texts.append(String(decoding: told.bytes, as: UTF8.self))
            }
            return texts
        }

        /// Waits until a service tells what is expected, and returns what it told last.
        private func settled(_ client: ServiceClient, _ expected: RowTotals) async throws -> RowTotals {
            var counted = RowTotals()
            _ = try await Waiting.until(within: .seconds(30)) {
                counted = try await RowTotals(readFrom: client)
                return counted == expected
            }
            return counted
        }

        /// The same rows through one process.
        private func alone(_ batches: [RowBatch]) async throws -> [String] {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                for batch in batches {
                    for (noun, lines) in [("predictions", batch.rows), ("labels", batch.labels)] where !lines.isEmpty {
                        let answer = try await service.client.send(
                            "POST", "/v1/models/\(RowSender.model)/\(noun)", Array(lines.utf8),
                            type: "application/x-ndjson")
                        try #require(answer.status == 200)
                    }
                }
                return try await readings(service.client)
            }
        }

        @Test
        func `three processes that are killed again and again count what one process counts, bit for bit`() async throws
        {
            try await OwnDatabase.with { database in
                let (ledger, told) = try await database.withServices(3) { services in
                    try await RowSender.prepare(services[0].client)
                    var random = SeededNumbers(11)
                    let ledger = try await RowLedger.withSenders(4, on: services.map(\.client)) { ledger in
                        for kill in 0..<KillCount.value {
                            try await Task.sleep(for: .milliseconds(Int.random(in: 50...1200, using: &random)))
                            let victim = services[Int.random(in: 0..<3, using: &random)]
                            try await victim.kill()
                            // Some come back at once and take their slot; of others it is taken over.
                            if kill % 2 == 1 { try await Task.sleep(for: .seconds(8)) }
                            try await victim.start()
                        }
                        try await ledger.waitForProgress()
                    }
                    let expected = ledger.attempted
                    for service in services {
                        let counted = try await settled(service.client, expected)
                        #expect(counted == expected)
                    }
                    // A recount by somebody else.
                    #expect(try await database.number("SELECT count(*) FROM prediction") == expected.rows)
                    #expect(
                        try await database.number("SELECT count(DISTINCT prediction_id) FROM prediction")
                            == expected.rows)
                    #expect(try await database.number("SELECT sum(numbers[1])::int8 FROM prediction") == expected.x)
                    #expect(try await database.number("SELECT sum(sign) FROM outcome") == expected.labels)
                    var told: [[String]] = []
                    for service in services { told.append(try await readings(service.client)) }
                    return (ledger, told)
                }
                let single = try await alone(ledger.batches)
                for (place, readings) in told.enumerated() {
                    #expect(readings == single, "process \(place) tells something else than one process alone")
                }
            }
        }

        @Test
        func `what a killed process left behind is folded by another within ten seconds`() async throws {
            try await OwnDatabase.with { database in
                try await database.withServices(3) { services in
                    try await RowSender.prepare(services[0].client)
                    var random = SeededNumbers(12)
                    var expected = RowTotals()
                    for round in 0..<KillCount.value {
                        let batch = RowBatch(sender: round, from: 0, size: 200, using: &random)
                        let victim = services[round % 3]
                        for (noun, lines) in [("predictions", batch.rows), ("labels", batch.labels)] {
                            let answer = try await victim.client.send(
                                "POST", "/v1/models/\(RowSender.model)/\(noun)", Array(lines.utf8),
                                type: "application/x-ndjson")
                            try #require(answer.status == 200)
                        }
                        expected += batch.totals
                        try await victim.kill()
                        let killed = ContinuousClock.now
                        let counted = try await settled(services[(round + 1) % 3].client, expected)
                        #expect(counted == expected)
                        #expect(killed.duration(to: .now) < .seconds(10))
                        try await victim.start()
                    }
                }
            }
        }
    }
}
