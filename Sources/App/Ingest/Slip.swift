import Synchronization

/// A place for what a piece of work between two groups came to, for whoever waits for it.
final class Slip<Value: Sendable>: Sendable {
    private let state = Mutex<Result<Value, any Error>?>(nil)

    /// Puts the outcome in.
    func put(_ outcome: Result<Value, any Error>) {
        state.withLock { $0 = outcome }
    }

    /// The outcome, once there is one.
    var outcome: Result<Value, any Error>? { state.withLock { $0 } }
}
