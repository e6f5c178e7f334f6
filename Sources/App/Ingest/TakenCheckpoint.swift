import Store
import Synchronization

/// A place for the checkpoint that is taken between two groups and saved after them.
final class TakenCheckpoint: Sendable {
    private let state = Mutex<Checkpoint?>(nil)

    /// Puts a checkpoint in.
    func set(_ checkpoint: Checkpoint) {
        state.withLock { $0 = checkpoint }
    }

    /// The checkpoint, once there is one.
    var value: Checkpoint? { state.withLock { $0 } }
}
