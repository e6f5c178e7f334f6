import AsyncAlgorithms
package import Logging
import Postgres
import ServiceLifecycle
package import Store
import Synchronization

/// Holds the process's writer slot: renews its lease, knows its position, and gives it back at the end.
package final class SlotKeeper: Service {
    /// For how long the slot is ours without being renewed.
    package static let lease: Duration = .seconds(6)

    private struct State {
        var slot: WriterSlot
        var savedRemovals: Int64
        var isLost = false
        var hasPeers = true
    }

    private let state: Mutex<State>
    private let store: Store
    private let readiness: Readiness
    private let logger: Logger

    /// The keeper of a slot; whenever the database answers, `readiness` hears of it.
    package init(_ slot: WriterSlot, store: Store, readiness: Readiness = Readiness(), logger: Logger) {
        self.readiness = readiness
        state = Mutex(State(slot: slot, savedRemovals: slot.removals))
        self.store = store
        self.logger = logger
    }

    /// The slot with its last committed position.
    package var current: WriterSlot { state.withLock { $0.slot } }

    /// Whether another process took the slot; then this one must stop writing.
    package var isLost: Bool { state.withLock { $0.isLost } }

    /// Whether other processes work on the database; so it is taken to be until it is known.
    package var hasPeers: Bool { state.withLock { $0.hasPeers } }

    /// Whether other processes work on the database.
    func note(hasPeers: Bool) {
        state.withLock { $0.hasPeers = hasPeers }
    }

    /// One more group is committed.
    func advance() {
        readiness.heard()
        state.withLock { $0.slot.position += 1 }
    }

    /// Whether saved panes include all that a checkpoint says.
    func isSaved(_ checkpoint: Checkpoint) -> Bool {
        state.withLock { $0.slot.checkpoint >= checkpoint.position && $0.savedRemovals >= checkpoint.removals }
    }

    /// Saved panes include a checkpoint now.
    func noteSaved(_ checkpoint: Checkpoint) {
        state.withLock { state in
            state.slot.checkpoint = max(state.slot.checkpoint, checkpoint.position)
            state.savedRemovals = max(state.savedRemovals, checkpoint.removals)
        }
    }

    /// Panes are right up to a removal of rows.
    func noteRemovals(_ number: Int64) {
        state.withLock { $0.slot.removals = max($0.slot.removals, number) }
    }

    /// Another process holds the slot, or what is in memory is not what the database has.
    func lose() {
        state.withLock { $0.isLost = true }
    }

    /// The slot's committed position once none of its transactions is under way any more; nil where another took it. It is asked
    /// until the database answers, never guessed.
    ///
    /// Where the process ends before it is known, nobody is told that rows are stored or are not, and the slot is taken anew.
    func settledPosition() async throws(PostgresError) -> Int64? {
        let held = current
        do throws(PostgresError) {
            return try await Persistence(logger: logger).untilAnswered { () throws(PostgresError) in
                try await store.position(of: held)
            }
        } catch {
            lose()
            throw error
        }
    }

    package func run() async throws {
        let period = Self.lease / 4
        for await _ in AsyncTimerSequence(interval: period, clock: .continuous).cancelOnGracefulShutdown() {
            do {
                if !isLost, try await store.renewWriterSlot(current, seconds: Double(Self.lease.components.seconds)) {
                    readiness.heard()
                    continue
                }
            } catch {
                logger.warning("the writer slot could not be renewed", metadata: ["error": "\(error)"])
                continue
            }
            // What is folded here is not what will be saved: the process must end and start anew.
            lose()
            throw PostgresError.slotLost
        }
        do {
            // Everything is saved by now, or will be folded by whoever takes the slot.
            try await store.releaseWriterSlot(current)
        } catch {
            logger.warning("the writer slot could not be given back", metadata: ["error": "\(error)"])
        }
    }
}
