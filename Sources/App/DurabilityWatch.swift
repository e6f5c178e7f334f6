import AsyncAlgorithms
import Logging
import Postgres
import ServiceLifecycle

/// Looks whether what is acknowledged survives a crash, and a standby that takes over: settings change and servers change places
/// while the service runs.
struct DurabilityWatch: Service {
    let pool: PostgresPool
    let readiness: Readiness
    /// Whether the operator accepts that a crash loses rows.
    let allowsDataLoss: Bool
    /// What was found when the server was reached.
    let known: Durability
    let logger: Logger

    /// How often it is looked.
    private static let period: Duration = .seconds(10)

    func run() async throws {
        var last = known
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            do {
                let found = try await pool.withConnection { connection throws(PostgresError) in
                    try await connection.durability()
                }
                if found != last { found.log(by: logger) }
                last = found
                tell(found)
            } catch {
                logger.debug("the database's settings could not be read", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Lets readiness know.
    func tell(_ durability: Durability) {
        readiness.note(
            shortcoming: allowsDataLoss ? nil : durability.shortcomings.first, reservation: durability.reservation)
    }
}

extension Durability {
    /// Tells what may be lost.
    func log(by logger: Logger) {
        for shortcoming in shortcomings { logger.error("\(shortcoming)") }
        if let reservation { logger.warning("\(reservation)") }
    }
}
