import Store
import Synchronization

/// The answer that a request waits for; the first one counts.
final class IngestAnswer: Sendable {
    private let continuation: Mutex<CheckedContinuation<LogResult, any Error>?>

    /// The answer of who waits there.
    init(_ continuation: CheckedContinuation<LogResult, any Error>) {
        self.continuation = Mutex(continuation)
    }

    /// Answers, unless that was done before.
    func give(_ outcome: Result<LogResult, any Error>) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(with: outcome)
    }
}
