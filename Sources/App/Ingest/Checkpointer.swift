import AsyncAlgorithms
package import Logging
import ServiceLifecycle
package import Store

/// Saves changed panes with the log position that they include, every few seconds and once more at the end.
package struct Checkpointer: Service {
    let queue: IngestQueue
    let models: ModelCatalog
    let slot: SlotKeeper
    let store: Store
    let counters: Counters
    let logger: Logger

    /// With all its parts.
    package init(
        queue: IngestQueue,
        models: ModelCatalog,
        slot: SlotKeeper,
        store: Store,
        counters: Counters,
        logger: Logger
    ) {
        self.queue = queue
        self.models = models
        self.slot = slot
        self.store = store
        self.counters = counters
        self.logger = logger
    }

    private static let period: Duration = .seconds(2)

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            await save()
        }
        // By now the committer has ended: what is folded is all there is.
        await saveLast()
    }

    /// Takes what changed between two groups, so that it is exactly what was folded up to a position, and saves it.
    /// - Returns: whether all that was folded is saved now.
    @discardableResult
    package func save() async -> Bool {
        let taken = TakenCheckpoint()
        let isOpen = await queue.betweenGroups { slot in
            taken.set(await models.takeCheckpoint(position: slot.position))
        }
        guard isOpen, let checkpoint = taken.value else { return false }
        return await save(checkpoint)
    }

    /// The last checkpoint, once nothing is folded any more.
    package func saveLast() async {
        await save(await models.takeCheckpoint(position: slot.current.position))
    }

    @discardableResult
    private func save(_ checkpoint: Checkpoint) async -> Bool {
        // A process that lost its slot, or whose windows are behind its log, has nothing to save.
        guard !slot.isLost else { return false }
        guard checkpoint.position > slot.savedPosition || !checkpoint.isEmpty else { return true }
        do {
            try await store.save(checkpoint, slot: slot.current)
            slot.noteSaved(checkpoint.position)
            await models.confirm(checkpoint)
            counters.add(to: .checkpointsSaved)
            return true
        } catch {
            await models.takeBack(checkpoint)
            counters.add(to: .checkpointsFailed)
            logger.warning("a checkpoint could not be saved; it is tried again", metadata: ["error": "\(error)"])
            return false
        }
    }
}
