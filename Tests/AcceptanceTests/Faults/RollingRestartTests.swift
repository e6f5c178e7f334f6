import Foundation
import Synchronization
import Testing

extension AcceptanceSuite {
    /// Processes that are stopped and started one after the other behind a load balancer.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct RollingRestartTests {
        /// Which processes take requests, as a load balancer that asks `/readyz` ten times a second sees it.
        private final class Balancer: Sendable {
            private let services: [ServiceClient]
            private let ready: Mutex<[Bool]>
            private let isOpen = Atomic(true)

            init(_ services: [ServiceClient]) {
                self.services = services
                ready = Mutex(Array(repeating: true, count: services.count))
            }

            /// Whether the test goes on.
            var isRunning: Bool { isOpen.load(ordering: .relaxed) }

            func close() { isOpen.store(false, ordering: .relaxed) }

            func watch() async throws {
                while isRunning {
                    for (place, service) in services.enumerated() {
                        let isReady = await service.isReady()
                        ready.withLock { $0[place] = isReady }
                    }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }

            /// Whether a process takes requests, as far as the balancer knows.
            func sees(_ place: Int) -> Bool { ready.withLock { $0[place] } }

            /// A process that takes requests, each in turn.
            func service(for request: Int) -> ServiceClient? {
                let open = ready.withLock { ready in services.indices.filter { ready[$0] } }
                return open.isEmpty ? nil : services[open[request % open.count]]
            }
        }

        /// Sends rows one after another through a balancer, and counts what was not answered with 200.
        private func send(_ sender: Int, through balancer: Balancer) async throws -> (
            rows: Int, failures: [String]
        ) {
            var random = SeededNumbers(sender)
            var (rows, request, failures) = (0, 0, [String]())
            while balancer.isRunning {
                let batch = RowBatch(sender: sender, from: rows, size: 20, using: &random)
                request += 1
                guard let client = balancer.service(for: request) else {
                    failures.append("no process is ready")
                    continue
                }
                do {
                    let answer = try await client.send(
                        "POST", "/v1/models/\(RowSender.model)/predictions", Array(batch.rows.utf8),
                        type: "application/x-ndjson", timeout: .seconds(20))
                    if answer.status == 200 { rows += 20 } else { failures.append("\(answer)") }
                } catch {
                    failures.append("\(error)")
                }
            }
            return (rows, failures)
        }

        @Test
        func `no request fails while two processes are restarted in turn under load`() async throws {
            try await OwnDatabase.with { database in
                try await database.withServices(2) { services in
                    try await RowSender.prepare(services[0].client)
                    let balancer = Balancer(services.map(\.client))
                    let outcomes = try await withThrowingTaskGroup(of: (rows: Int, failures: [String]).self) { group in
                        for sender in 0..<4 {
                            group.addTask { try await send(sender, through: balancer) }
                        }
                        group.addTask {
                            try await balancer.watch()
                            return (0, [])
                        }
                        for round in 0..<4 {
                            let service = services[round % 2]
                            try await service.stop()
                            try await service.start()
                            // The next one goes when the balancer sends requests to this one again.
                            let isBack = try await Waiting.until(within: .seconds(20)) { balancer.sees(round % 2) }
                            #expect(isBack)
                        }
                        balancer.close()
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(outcomes.flatMap(\.failures) == [])
                    let rows = outcomes.map(\.rows).reduce(0, +)
                    #expect(rows > 0)
                    #expect(try await database.number("SELECT count(*) FROM prediction") == rows)
                    print("rolling restarts: 4, rows: \(rows), failed requests: \(outcomes.flatMap(\.failures).count)")
                }
            }
        }
    }
}
