import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

extension AcceptanceSuite {
    /// More load than there is room for.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct OverloadTests {
        private static let path = "/v1/models/\(RowSender.model)/predictions"

        /// A moment, and what this process, whose tasks are the senders, had used of the cores until then.
        private struct Moment: Sendable {
            let instant = ContinuousClock.now
            let processorTime = clock()
        }

        /// What became of many requests.
        private struct Tally: Sendable {
            var stored = 0
            var refused = 0
            var withoutPause = 0
            var unexpected: [String] = []
            var seconds = 0.0
            /// Seconds of a core that the senders left to the service and its database.
            var coreSeconds = 0.0

            /// How many rows were stored in a second.
            var rate: Double { Double(stored) / seconds }

            /// How many were stored in a second of a core that the senders left.
            var rateOfCores: Double { Double(stored) / coreSeconds }

            /// The same over the time from a moment until now.
            func lasting(since start: Moment) -> Tally {
                var whole = self
                whole.seconds = start.instant.duration(to: .now) / .seconds(1)
                let used = Double(clock() - start.processorTime) / Double(CLOCKS_PER_SEC)
                whole.coreSeconds = Double(ProcessInfo.processInfo.activeProcessorCount) * whole.seconds - used
                return whole
            }

            mutating func add(_ part: Tally) {
                stored += part.stored
                refused += part.refused
                withoutPause += part.withoutPause
                unexpected += part.unexpected
                seconds += part.seconds
                coreSeconds += part.coreSeconds
            }

            /// Counts an answer about so many rows; whether they were refused for want of room.
            @discardableResult
            mutating func count(_ answer: ServiceAnswer, rows: Int) -> Bool {
                switch answer.status {
                case 200: stored += rows
                case 429, 503:
                    refused += 1
                    if answer.retryAfter == nil { withoutPause += 1 }
                    return true
                default: unexpected.append("\(answer)")
                }
                return false
            }

            /// Sends a batch and counts what becomes of it.
            mutating func send(_ batch: NumberedBatch, to client: ServiceClient) async throws {
                let answer = try await client.send(
                    "POST", OverloadTests.path, batch.next(), type: "application/x-ndjson", timeout: .seconds(60))
                count(answer, rows: batch.size)
            }
        }

        /// Sends batches from so many senders at once for a while, each without a pause, and counts what becomes of them.
        private func flood(
            _ client: ServiceClient, senders: Int, rows: Int, seed: Int, for length: Duration
        ) async throws -> Tally {
            try await withThrowingTaskGroup(of: Tally.self) { group in
                let end = ContinuousClock.now + length
                for sender in 0..<senders {
                    group.addTask {
                        var random = SeededNumbers(seed + sender)
                        var tally = Tally()
                        var count = 0
                        while ContinuousClock.now < end {
                            let batch = RowBatch(sender: seed + sender, from: count, size: rows, using: &random)
                            count += rows
                            let answer = try await client.send(
                                "POST", Self.path, Array(batch.rows.utf8), type: "application/x-ndjson",
                                timeout: .seconds(60))
                            // A tenth of what it was asked to wait: a client that does not care much.
                            if tally.count(answer, rows: rows) { try await Task.sleep(for: .milliseconds(100)) }
                        }
                        return tally
                    }
                }
                return try await group.reduce(into: Tally()) { $0.add($1) }
            }
        }

        @Test
        func `a table that is locked for ten seconds costs waiting and refusals, no memory and no row`() async throws {
            try await OwnDatabase.with { database in
                var files = Service.Files(databaseURL: database.url)
                files.settings = "maximum_pending_bytes: 4194304\n"
                try await Service.with(files) { service in
                    try await RowSender.prepare(service.client)
                    _ = try await flood(service.client, senders: 4, rows: 500, seed: 100, for: .seconds(1))
                    let before = try service.residentBytes
                    let (client, url) = (service.client, database.url)
                    let (tally, most) = try await withThrowingTaskGroup(of: Tally?.self) { group in
                        group.addTask {
                            try await flood(client, senders: 64, rows: 1000, seed: 1000, for: .seconds(11))
                        }
                        group.addTask {
                            try await TestServer.run(
                                "BEGIN; LOCK TABLE identity IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(10); COMMIT",
                                at: url)
                            return nil
                        }
                        var most = 0
                        for _ in 0..<110 {
                            try await Task.sleep(for: .milliseconds(100))
                            most = max(most, try service.residentBytes)
                        }
                        var tally = Tally()
                        for try await part in group { if let part { tally = part } }
                        return (tally, most)
                    }
                    #expect(tally.unexpected == [])
                    #expect(tally.refused > 0 && tally.withoutPause == 0)
                    #expect(most - before < 64 << 20, "\(before) bytes before, \(most) at the most")
                    let isCounted = try await Waiting.until(within: .seconds(30)) {
                        try await RowTotals(readFrom: service.client).rows
                            == database.number("SELECT count(*) FROM prediction")
                    }
                    #expect(isCounted)
                    let stored = try await database.number("SELECT count(*) FROM prediction")
                    #expect(stored >= tally.stored)
                    print(
                        "locked for 10 s: \(tally.stored) rows stored, \(tally.refused) requests refused, "
                            + "memory \(before >> 20) -> \(most >> 20) MiB")
                }
            }
        }

        /// Sends batches without a pause from so many senders until a time; how many rows a second were stored.
        private func saturate(_ client: ServiceClient, _ batch: NumberedBatch, senders: Int) async throws -> Tally {
            try await withThrowingTaskGroup(of: Tally.self) { group in
                let start = Moment()
                for _ in 0..<senders {
                    group.addTask {
                        var tally = Tally()
                        while start.instant.duration(to: .now) < Self.round {
                            try await tally.send(batch, to: client)
                        }
                        return tally
                    }
                }
                return try await group.reduce(into: Tally()) { $0.add($1) }.lasting(since: start)
            }
        }

        /// Sends so many batches a second whether or not the ones before are answered; what is refused is not sent again.
        private func offer(_ client: ServiceClient, _ batch: NumberedBatch, perSecond rate: Double) async throws
            -> Tally
        {
            try await withThrowingTaskGroup(of: Tally.self) { group in
                let start = Moment()
                let seconds = Double(Self.round.components.seconds)
                for number in 0..<Int(rate * seconds) {
                    group.addTask {
                        try await Task.sleep(until: start.instant + .seconds(Double(number) / rate), clock: .continuous)
                        var tally = Tally()
                        try await tally.send(batch, to: client)
                        return tally
                    }
                }
                return try await group.reduce(into: Tally()) { $0.add($1) }.lasting(since: start)
            }
        }

        private static let round: Duration = .seconds(5)

        @Test
        func `five times the load is no worse than what it can take, and the rest is refused in time`() async throws {
            var files = Service.Files()
            files.settings = "maximum_pending_bytes: 4194304\n"
            try await Service.with(files) { service in
                try await RowSender.prepare(service.client)
                let batch = NumberedBatch(size: 1000)
                let client = service.client
                _ = try await saturate(client, batch, senders: 8)
                let before = try service.mostResidentBytes
                var (peak, over) = (Tally(), Tally())
                // In turn, so that whatever else the machine does meets both.
                for _ in 0..<2 {
                    let round = try await saturate(client, batch, senders: 8)
                    peak.add(round)
                    over.add(try await offer(client, batch, perSecond: 5 * round.rate / Double(batch.size)))
                }
                let most = try service.mostResidentBytes
                // Five times as many requests take the senders themselves a part of the cores, and only of the rest can be used.
                let ratio = over.rateOfCores / peak.rateOfCores
                print(
                    "five times the load: \(Int(over.rate)) of \(Int(peak.rate)) rows/s (\(over.rate / peak.rate); \(ratio) "
                        + "of what the senders left of the cores), "
                        + "\(over.refused) of \(over.refused + over.stored / batch.size) requests refused, "
                        + "memory \(before >> 20) -> \(most >> 20) MiB")
                #expect(peak.unexpected + over.unexpected == [])
                #expect(over.refused > 0 && over.withoutPause == 0)
                #expect(ratio >= 0.85)
                #expect(most - before < 64 << 20)
            }
        }

        @Test
        func `senders that trickle, bodies that are never ended and idle connections cost little and stop nobody`()
            async throws
        {
            var files = Service.Files()
            files.settings = "maximum_pending_bytes: 4194304\n"
            try await Service.with(files) { service in
                try await RowSender.prepare(service.client)
                _ = try await flood(service.client, senders: 2, rows: 200, seed: 1, for: .seconds(1))
                let before = try service.residentBytes
                let port = service.port
                try await IdleConnections.with(2000, to: port) {
                    // Bodies that were begun and never end: 64 of 1 MiB do not fit, and what does not is refused.
                    let head =
                        "POST \(Self.path) HTTP/1.1\r\nHost: driftline\r\nContent-Type: application/x-ndjson\r\n"
                        + "Content-Length: 16000000\r\n\r\n"
                    let begun = try await withThrowingTaskGroup(of: Int?.self) { group in
                        for _ in 0..<64 {
                            group.addTask {
                                try await RawExchange.send(
                                    [Array(head.utf8), [UInt8](repeating: 0x20, count: 1 << 20)], to: port,
                                    patience: .seconds(3)
                                ).status
                            }
                        }
                        return try await group.reduce(into: [Int?]()) { $0.append($1) }
                    }
                    #expect(begun.allSatisfy { $0 == nil || $0 == 503 })
                    #expect(begun.count { $0 == 503 } >= 50)
                    let tally = try await flood(service.client, senders: 4, rows: 100, seed: 50, for: .seconds(2))
                    #expect(tally.stored > 0 && tally.unexpected == [])
                    let grown = try service.residentBytes - before
                    #expect(grown < 96 << 20)
                    print("2000 idle connections and 64 bodies without end: \(grown >> 20) MiB more")
                }
            }
        }

        @Test
        func `a bomb is refused by the bytes that it becomes`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                let before = try service.residentBytes
                let bomb = try GzipBomb.bytes(of: 256 << 20)
                for _ in 0..<20 {
                    let answer = try await service.client.send(
                        "POST", Self.path, bomb, type: "application/json", headers: ["Content-Encoding": "gzip"])
                    #expect(answer.status == 413)
                }
                // Short rows of a wide model are long in memory.
                let features = JSONNode.object(
                    (0..<2000).map { JSONNode.Member("f\($0)", ["type": "numeric"]) })
                try await service.client.call(
                    "PUT", "/v1/models/wide", ["task": "none", "features": features])
                let rows =
                    "[" + Array(repeating: #"{"features":{"f0":1,"f1999":2}}"#, count: 2_000).joined(separator: ",")
                    + "]"
                let client = service.client
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await client.send(
                                "POST", "/v1/models/wide/predictions", Array(rows.utf8), timeout: .seconds(120)
                            ).status
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.allSatisfy { [200, 503].contains($0) })
                #expect(answers.contains(200))
                let grown = try service.residentBytes - before
                print("bombs and wide rows: \(grown >> 20) MiB more")
                #expect(grown < 1 << 30)
            }
        }
    }
}
