import Synchronization
import TestSupport

/// Sessions of somebody else, as many as a server gives.
enum Strangers {
    private static let name = "stranger"

    /// Runs the body while every place that comes free is taken, and ends the strangers' sessions afterwards, through `owner`.
    static func with(at url: String, most: Int, endedBy owner: String, _ body: () async throws -> Void) async throws {
        let crowd = Crowd()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<most { group.addTask { try await crowd.join(url) } }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            crowd.leave()
            _ = try await Waiting.until(within: .seconds(30)) {
                try await TestServer.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'",
                    at: owner)
                return crowd.isGone
            }
            try outcome.get()
        }
    }

    /// Who is there.
    private final class Crowd: Sendable {
        private let state = Mutex((isOver: false, count: 0))

        var isGone: Bool { state.withLock { $0.count == 0 } }

        func leave() { state.withLock { $0.isOver = true } }

        /// Holds a place; one that somebody else holds is asked for again until it is free, or all is over.
        func join(_ url: String) async throws {
            state.withLock { $0.count += 1 }
            defer { state.withLock { $0.count -= 1 } }
            while !state.withLock({ $0.isOver }) {
                do {
                    try await TestServer.run("SET application_name = '\(Strangers.name)'; SELECT pg_sleep(50)", at: url)
                } catch {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
    }
}
