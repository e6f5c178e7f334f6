import AsyncAlgorithms
package import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// Holds the process's writer slot: renews its lease, and knows its position.
package final class SlotKeeper: Service {
    /// For how long the slot is ours without being renewed.
    package static let lease: Duration = .seconds(10)

    private struct State {
        var slot: WriterSlot
        var isLost = false
    }

    private let state: Mutex<State>
    private let store: Store
    private let logger: Logger

    package init(_ slot: WriterSlot, store: Store, logger: Logger) {
        state = Mutex(State(slot: slot))
        self.store = store
        self.logger = logger
    }

    /// The slot with its last committed position.
    package var current: WriterSlot { state.withLock { $0.slot } }

    /// Whether another process took the slot; then this one must stop writing.
    package var isLost: Bool { state.withLock { $0.isLost } }

    /// One more group is committed.
    func advance() {
        state.withLock { $0.slot.position += 1 }
    }

    /// The last position that saved panes include.
    var savedPosition: Int64 { state.withLock { $0.slot.checkpoint } }

    /// Saved panes include a position now.
    func noteSaved(_ position: Int64) {
        state.withLock { $0.slot.checkpoint = max($0.slot.checkpoint, position) }
    }

    /// Another process holds the slot.
    func lose() {
        state.withLock { $0.isLost = true }
    }

    package func run() async throws {
        let period = Self.lease / 3
        for await _ in AsyncTimerSequence(interval: period, clock: .continuous).cancelOnGracefulShutdown() {
            do {
                if try await !store.renewWriterSlot(current, seconds: Double(Self.lease.components.seconds)) { lose() }
            } catch {
                logger.warning("the writer slot could not be renewed", metadata: ["error": "\(error)"])
            }
        }
    }
}
