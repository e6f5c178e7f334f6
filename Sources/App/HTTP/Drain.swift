import Logging
import ServiceLifecycle

/// Lets load balancers notice that this process is about to end, before it stops to take requests.
///
/// The first service to be told of the end: the others are told once it has waited.
struct Drain: Service {
    let readiness: Readiness
    let slot: SlotKeeper
    let logger: Logger

    /// How long a process that is not the only one still serves after it has said that it is not ready.
    static let period: Duration = .seconds(3)

    func run() async throws {
        try await gracefulShutdown()
        guard slot.hasPeers else { return }
        readiness.drain()
        logger.info("serving on until load balancers have noticed the end")
        try await Task.sleep(for: Self.period)
    }
}
