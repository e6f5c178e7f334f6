import AsyncAlgorithms
import Logging
import ServiceLifecycle

extension EmbeddedCluster: Service {
    /// Watches the server, starts it again after a crash, and stops it at shutdown. Put it in front of all others in
    /// the service group, so that it stops last. `start` comes before, where the connection string is needed.
    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: .milliseconds(500), clock: .continuous).cancelOnGracefulShutdown() {
            do {
                _ = try await restartIfGone()
            } catch {
                report(error)
            }
        }
        try await stop()
    }
}
