import Logging
import Postgres
import ServiceLifecycle
import Store

/// Lets load balancers notice that this process is about to end, before it stops to take requests.
///
/// The first service to be told of the end: the others are told once it has waited.
struct Drain: Service {
    let readiness: Readiness
    let store: Store
    let slot: SlotKeeper
    let logger: Logger

    /// How long a process that is not the only one still serves after it has said that it is not ready.
    static let period: Duration = .seconds(3)

    func run() async throws {
        try await gracefulShutdown()
        guard await hasPeers() else { return }
        readiness.drain()
        logger.info("serving on until load balancers have noticed the end")
        do { try await Task.sleep(for: Self.period) } catch { logger.debug("the end could not wait") }
    }

    /// Whether another process is there now: one that has just started counts, although nobody has looked at it yet.
    private func hasPeers() async -> Bool {
        do throws(PostgresError) {
            let own = slot.current.slot
            return try await store.writerSlots().contains { $0.isLive && $0.slot != own }
        } catch {
            logger.warning("the other processes could not be looked at", metadata: ["error": "\(error)"])
            return slot.hasPeers
        }
    }
}
