import AsyncAlgorithms
import ServiceLifecycle

/// Lets nobody wait for a database that does not answer: while it is silent, requests are told to come again.
///
/// Their rows may be stored all the same, where a commit was on its way; sent again, they count once.
package struct SilenceWatch: Service {
    let queue: IngestQueue
    let readiness: Readiness

    /// With the queue whose requests wait.
    package init(queue: IngestQueue, readiness: Readiness) {
        self.queue = queue
        self.readiness = readiness
    }

    private static let period: Duration = .seconds(1)

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown()
        where readiness.isSilent {
            queue.turnAway(.unavailable("the database does not answer"))
        }
    }
}
