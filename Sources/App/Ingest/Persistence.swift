import Logging
import Postgres
import ServiceLifecycle

/// Asks the database again until it answers.
///
/// For what must be known before anything else is done: what became of a transaction, and the panes that committed rows are folded
/// into. While the database is silent, those who wait for it are turned away by others.
struct Persistence {
    let logger: Logger

    private static let pause: Duration = .milliseconds(100)

    /// The answer, however often connections are lost or refused meanwhile.
    /// - Throws: what does not pass by waiting; any error of the database at shutdown, or when the task is cancelled.
    func untilAnswered<Answer>(
        _ ask: () async throws(PostgresError) -> Answer
    ) async throws(PostgresError) -> Answer {
        var isTold = false
        while true {
            do throws(PostgresError) {
                return try await ask()
            } catch {
                guard error.isTransient, !Task.isShuttingDownGracefully, !Task.isCancelled else { throw error }
                if !isTold {
                    logger.warning("the database is asked until it answers", metadata: ["error": "\(error)"])
                }
                isTold = true
            }
            await wait()
        }
    }

    private func wait() async {
        do { try await Task.sleep(for: Self.pause) } catch {
            logger.debug("the wait for the database was cut short", metadata: ["error": "\(error)"])
        }
    }
}
