import AsyncAlgorithms
package import Logging
package import Monitoring
import ServiceLifecycle
package import Store

/// Removes rows and panes that are older than their models keep them.
package struct Retention: Service {
    let store: Store
    let models: ModelCatalog
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(
        store: Store,
        models: ModelCatalog,
        now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.store = store
        self.models = models
        self.now = now
        self.logger = logger
    }

    /// How long anything is kept after it was stored, however old its event time is, so that old logs can be replayed.
    static let leastAge = PrometheusDuration(microseconds: 7 * 86_400 * 1_000_000)

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(600), clock: .continuous).cancelOnGracefulShutdown() {
            do {
                try await sweep()
            } catch {
                logger.warning("old rows could not be removed; it is tried again", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Removes what is due of every model.
    /// - Returns: how many rows of predictions went.
    @discardableResult
    package func sweep() async throws -> Int {
        try await store.removeOldAnswers(at: now())
        let storedBefore = now() - Self.leastAge
        var removed = 0
        for model in await models.all {
            guard let newest = await model.windows.newestEvent else { continue }
            removed += try await store.removeRows(
                model: model.id, before: newest - model.schema.retention.rows, storedBefore: storedBefore)
            try await store.removePanes(model: model.id, before: newest - model.schema.retention.panes)
        }
        try await store.dropEmptyPartitions(endingBefore: storedBefore)
        return removed
    }
}
