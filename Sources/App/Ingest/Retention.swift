import AsyncAlgorithms
package import Logging
package import Monitoring
import ServiceLifecycle
package import Store

/// Removes rows and panes that are older than their models keep them, and deliveries that were settled long ago.
package struct Retention: Service {
    let store: Store
    let models: ModelCatalog
    let deliveries: DeliveryAge
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(
        store: Store,
        models: ModelCatalog,
        deliveries: DeliveryAge = .standard,
        now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.store = store
        self.models = models
        self.deliveries = deliveries
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
            try await removePanes(of: model, before: newest - model.schema.retention.statistics, storedBefore)
        }
        try await store.dropEmptyPartitions(endingBefore: storedBefore)
        try await sweepDeliveries()
        return removed
    }

    /// Removes panes, but not from the first one on that something was stored in since.
    private func removePanes(of model: Model, before end: Time, _ storedBefore: Time) async throws {
        let young = try await store.oldestEvent(model: model.id, before: end, storedSince: storedBefore)
        let widest = max(model.schema.paneGrid.width, .days(1))
        try await store.removePanes(model: model.id, before: young.map { $0 - widest } ?? end)
    }

    /// Removes old deliveries, some at a time. As long as labels may still correct what a delivery told, it stays.
    private func sweepDeliveries() async throws {
        let time = now()
        let horizons = await models.all.map { (model: $0.id, horizon: $0.schema.labelHorizon) }
        for (model, horizon) in horizons + [(model: 0, horizon: .zero)] {
            while !Task.isShuttingDownGracefully {
                let removed = try await store.removeDeliveries(
                    model: model, deliveredBefore: time - max(deliveries.delivered, horizon),
                    deadBefore: time - max(deliveries.dead, horizon), most: DeliveryAge.batch)
                if removed < Int(DeliveryAge.batch) { break }
            }
        }
    }
}
