package import Logging
package import Monitoring
import Postgres
package import Store

/// Folds what a process had committed and not yet saved when it ended, in the name of its slot.
package struct Takeover: Sendable {
    let store: Store
    let models: ModelCatalog
    let holder: String
    let counters: Counters
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(
        store: Store, models: ModelCatalog, holder: String, counters: Counters, now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.store = store
        self.models = models
        self.holder = holder
        self.counters = counters
        self.now = now
        self.logger = logger
    }

    /// For how long a slot is held while it is recovered.
    private static let seconds = 30.0

    /// Takes one slot over, if there is one whose holder is gone and whose last groups are in no pane.
    /// - Returns: whether there was one.
    package func run() async throws -> Bool {
        let found = try await store.takeAbandonedWriterSlot(
            holder: "\(holder)/recovery", besides: holder, seconds: Self.seconds)
        guard let slot = found else { return false }
        logger.notice(
            "folding what another process left behind",
            metadata: ["slot": "\(slot.slot)", "groups": "\(slot.position - slot.checkpoint)"])
        do {
            try await recover(slot)
        } catch let error as PostgresError where error == .slotLost {
            // Rows were taken out of the log meanwhile: the next look begins anew.
            try await store.releaseWriterSlot(slot)
            return true
        } catch {
            try await store.releaseWriterSlot(slot)
            throw error
        }
        try await store.releaseWriterSlot(slot)
        counters.add(to: .slotsTakenOver)
        return true
    }

    /// Folds what a slot committed after its checkpoint, and what removals left of its rows, and saves it.
    private func recover(_ slot: WriterSlot) async throws {
        let last = try await store.lastRemoval(of: slot) ?? slot.removals
        let removals = try await store.removals(after: slot.removals, upTo: last)
        let behind = try await LogReader(store: store).models(after: slot.checkpoint, slot: slot.slot)
        var checkpoint = Checkpoint(position: slot.position, removals: last)
        for id in Set(behind + removals.map(\.model)).sorted() {
            guard let stored = try await store.model(id), let schema = StoredDefinition.schema(of: stored.definition)
            else { continue }
            // Windows of their own: the panes of that slot are not those of this process.
            let windows = LiveWindows(model: stored, schema: schema, slot: slot.slot, store: store, logger: logger)
            try await windows.load()
            for removal in removals where removal.model == id {
                try await windows.refold(removal, upTo: slot.checkpoint)
            }
            try await windows.recover(after: slot.checkpoint, slot: slot.slot, wallClock: now())
            await windows.addChanges(to: &checkpoint)
        }
        try await store.save(checkpoint, slot: slot)
    }
}
