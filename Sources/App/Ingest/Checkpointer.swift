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
    /// One checkpoint is saved after another, or an older one could replace a newer.
    private let turn = Turn()

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

    private static let period: Duration = .milliseconds(400)
    /// How many periods pass between two checkpoints while no other process waits for what is folded here.
    private static let patience = 5
    /// The most periods that pass: so much is folded again after a crash.
    private static let mostPatience = 25
    /// A checkpoint that took so long is followed by four times that without one, because where rows and labels change panes of
    /// a whole month, saving them takes more than counting them.
    private static func patience(after took: Duration) -> Int {
        max(Int(min(took / period * 4, Double(mostPatience))), patience)
    }

    package func run() async throws {
        var (waited, patience) = (0, Self.patience)
        var held = models.memory.footprint
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            waited += 1
            await makeRoom()
            guard slot.hasPeers || waited >= patience || models.memory.isPressed(since: held) else { continue }
            let start = ContinuousClock.now
            await save()
            await makeRoom()
            (waited, patience, held) = (0, Self.patience(after: .now - start), models.memory.footprint)
        }
        // By now the committer has ended: what is folded is all there is.
        await saveLast()
    }

    /// Lets models let go what is saved, where they hold too much, and gives out the requests that waited for it.
    package func makeRoom() async {
        await models.memory.relieve()
        queue.retry()
    }

    /// Takes what changed between two groups, so that it is exactly what was folded up to a position, and saves it.
    /// - Returns: whether all that was folded is saved now.
    @discardableResult
    package func save() async -> Bool {
        await turn.take()
        let isSaved = await takeAndSave()
        await turn.give()
        return isSaved
    }

    /// Saves everything that is folded and then runs something, both between the same two groups.
    ///
    /// So that a crash at any moment finds each row either saved as it was folded before, or folded again as it is afterwards.
    func save<Value: Sendable>(
        before body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        await turn.take()
        let slip = Slip<Value>()
        let isOpen = await queue.betweenGroups(overtaking: true) { slot in
            guard await save(await models.takeCheckpoint(slot)) else {
                return slip.put(.failure(IngestError.unavailable("the statistics could not be saved")))
            }
            do {
                slip.put(.success(try await body()))
            } catch {
                slip.put(.failure(error))
            }
        }
        await turn.give()
        guard isOpen, let outcome = slip.outcome else { throw IngestError.stopping }
        return try outcome.get()
    }

    private func takeAndSave() async -> Bool {
        let taken = Slip<Checkpoint>()
        let isOpen = await queue.betweenGroups(overtaking: true) { slot in
            taken.put(.success(await models.takeCheckpoint(slot)))
        }
        guard isOpen, case .success(let checkpoint)? = taken.outcome else { return false }
        return await save(checkpoint)
    }

    /// The last checkpoint, once nothing is folded any more.
    package func saveLast() async {
        await turn.take()
        await save(await models.takeCheckpoint(slot.current))
        await turn.give()
    }

    @discardableResult
    private func save(_ checkpoint: Checkpoint) async -> Bool {
        // A process that lost its slot, or whose windows are behind its log, has nothing to save.
        guard !slot.isLost else { return false }
        guard !slot.isSaved(checkpoint) || !checkpoint.isEmpty else { return true }
        do {
            try await store.save(checkpoint, slot: slot.current)
            slot.noteSaved(checkpoint)
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
