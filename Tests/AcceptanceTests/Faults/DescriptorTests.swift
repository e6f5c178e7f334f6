import Foundation
import TestSupport
import Testing

extension AcceptanceSuite {
    /// Hardly any file descriptors.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct DescriptorTests {
        /// Seconds of processor time that a process has used.
        private func processorTime(_ service: Service) throws -> Double {
            let stat = try String(contentsOfFile: "/proc/\(try #require(service.processID))/stat", encoding: .utf8)
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            // The 14th and 15th, counted from the process's number; the name in parentheses is the second.
            return [11, 12].reduce(0) { $0 + (Double(fields[$1]) ?? 0) } / 100
        }

        /// What a connection is answered that was there before 120 others came, and is there when they have gone.
        private func postsOnOneConnection(to service: Service) async throws -> [Int] {
            try await KeptConnection.with(to: service.port) { connection in
                func post(_ id: String) async throws -> Int {
                    let row =
                        #"{"prediction_id":"\#(id)","timestamp":"2026-01-01T12:00:00Z","features":{"x":1},"prediction":"1"}"#
                    return try await connection.post(
                        "/v1/models/\(RowSender.model)/predictions", type: "application/x-ndjson", row + "\n")
                }
                let before = try await post("before")
                let during = try await IdleConnections.with(120, to: service.port) { try await post("during") }
                return [before, during, try await post("after")]
            }
        }

        @Test(
            .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit"), "needs prlimit"),
            arguments: [64, 44])
        func `more connections than there are descriptors for wait, nothing spins, and it goes on once they are gone`(
            descriptors: Int
        ) async throws {
            try await OwnDatabase.with { database in
                try await Service.withFolder(Service.Files(databaseURL: database.url)) { service in
                    service.program = ["/usr/bin/prlimit", "--nofile=\(descriptors)"]
                    try await service.start()
                    try await RowSender.prepare(service.client)
                    let kept = try await postsOnOneConnection(to: service)
                    #expect(kept == [200, 200, 200], "before, during and after the others")
                    let ledger = try await RowLedger.withSenders(2, on: service.client) { ledger in
                        try await ledger.waitForProgress()
                        try await IdleConnections.with(120, to: service.port) {
                            try await Task.sleep(for: .seconds(2))
                        }
                        try await ledger.waitForProgress()
                    }
                    let stored = try await database.number("SELECT count(*) FROM prediction")
                    #expect(stored == ledger.attempted.rows + kept.count)
                    try await IdleConnections.with(120, to: service.port) {
                        let before = try processorTime(service)
                        try await Task.sleep(for: .seconds(4))
                        let used = try processorTime(service) - before
                        #expect(used < 1, "\(used) s of processor time in 4 s")
                    }
                    let isReady = try await Waiting.until(within: .seconds(30)) { await service.client.isReady() }
                    #expect(isReady && service.isRunning)
                    try await service.stop()
                }
            }
        }
    }
}
