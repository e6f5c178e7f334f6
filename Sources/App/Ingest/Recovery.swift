package import Logging
package import Monitoring
package import Store

/// Folds what was committed and not yet saved when the process ended.
package struct Recovery {
    let store: Store
    let models: ModelCatalog
    let logger: Logger

    /// With all its parts.
    package init(
        store: Store,
        models: ModelCatalog,
        logger: Logger
    ) {
        self.store = store
        self.models = models
        self.logger = logger
    }

    /// Folds every row after the slot's checkpoint, and those that a removal left before it.
    package func run(_ keeper: SlotKeeper, now: Time) async throws {
        let slot = keeper.current
        try await RemovalFolder(store: store, models: models, slot: keeper).fold(upTo: slot.checkpoint)
        guard slot.position > slot.checkpoint else { return }
        logger.info(
            "folding what was committed after the last checkpoint",
            metadata: ["groups": "\(slot.position - slot.checkpoint)"])
        for model in try await LogReader(store: store).models(after: slot.checkpoint, slot: slot.slot) {
            try await models.windows(of: model)?.recover(after: slot.checkpoint, slot: slot.slot, wallClock: now)
        }
    }
}
