import Monitoring
import Postgres
package import Store

/// Folds anew what is left of this slot's rows where rows were taken out of the log.
package struct RemovalFolder: Sendable {
    let store: Store
    let models: ModelCatalog
    let slot: SlotKeeper

    /// With all its parts.
    package init(store: Store, models: ModelCatalog, slot: SlotKeeper) {
        self.store = store
        self.models = models
        self.slot = slot
    }

    /// Folds what removals left behind, as far as everything is folded, and tells whether there was any; called between two groups.
    @discardableResult
    package func fold(upTo position: Int64) async throws -> Bool {
        let held = slot.current
        guard let last = try await store.lastRemoval(of: held), last > held.removals else { return false }
        for removal in try await store.removals(after: held.removals, upTo: last) {
            try await models.windows(of: removal.model)?.refold(removal, upTo: position)
        }
        slot.noteRemovals(last)
        return true
    }
}
