import Alerting
import AsyncAlgorithms
import Logging
import Monitoring
import ServiceLifecycle
import Store

/// Gives up runs whose jobs were not heard of in time, so that they hold back no further ones.
package struct RunWatcher: Service {
    let store: Store
    let now: @Sendable () -> Time
    let logger: Logger

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(5), clock: .continuous).cancelOnGracefulShutdown() {
            do {
                try await expireOverdue()
            } catch {
                logger.warning("retraining runs could not be looked at", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Ends every open run whose deadline has passed.
    package func expireOverdue() async throws {
        let time = now()
        for stored in try await store.overdueRuns(at: time) {
            guard var run = RunDocument.run(of: stored.document), run.expire(at: time) == .changed else { continue }
            _ = try await store.replace(
                StoredRun(run, model: stored.model, token: nil), readIn: stored.state, at: time)
            logger.notice("a retraining run was given up", metadata: ["run": "\(run.id)"])
        }
    }
}
