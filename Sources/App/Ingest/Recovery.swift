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

    /// Folds every row after the slot's checkpoint.
    package func run(_ slot: WriterSlot, now: Time) async throws {
        guard slot.position > slot.checkpoint else { return }
        logger.info(
            "folding what was committed after the last checkpoint",
            metadata: ["groups": "\(slot.position - slot.checkpoint)"])
        for model in try await LogReader(store: store).models(after: slot.checkpoint, slot: slot.slot) {
            try await models.windows(of: model)?.recover(after: slot.checkpoint, slot: slot.slot, wallClock: now)
        }
    }
}
