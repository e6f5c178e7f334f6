import AsyncAlgorithms
package import Logging
import ServiceLifecycle
package import Store

/// Keeps the log's index of positions up to date, so that a start after a crash reads the newest pages only.
package struct LogIndexing: Service {
    let store: Store
    let logger: Logger

    /// With all its parts.
    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func run() async throws {
        var covered: [String: Int64] = [:]
        for await _ in AsyncTimerSequence(interval: .seconds(5), clock: .continuous).cancelOnGracefulShutdown() {
            do {
                covered = try await store.summarizeLog(since: covered)
            } catch {
                logger.warning("the log's index could not be brought up to date", metadata: ["error": "\(error)"])
            }
        }
    }
}
