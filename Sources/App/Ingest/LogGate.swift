import Monitoring
import Postgres
import Store

/// The way to work on windows between two groups of the log, and to have everything saved.
package struct LogGate: Sendable {
    let queue: IngestQueue
    let checkpointer: Checkpointer

    /// With all its parts.
    package init(
        queue: IngestQueue,
        checkpointer: Checkpointer
    ) {
        self.queue = queue
        self.checkpointer = checkpointer
    }

    /// The writer slot of this process.
    var slot: WriterSlot { checkpointer.slot.current }

    /// Whether no other process works on the database.
    var isAlone: Bool { !checkpointer.slot.hasPeers }

    /// Runs something between two groups; it learns the slot, whose position is the one up to which everything is folded.
    func between<Value: Sendable>(
        _ body: @escaping @Sendable (WriterSlot) async throws -> Value
    ) async throws -> Value {
        let slip = Slip<Value>()
        let isOpen = await queue.betweenGroups { slot in
            do {
                slip.put(.success(try await body(slot)))
            } catch {
                slip.put(.failure(error))
            }
        }
        guard isOpen, let outcome = slip.outcome else { throw IngestError.stopping }
        return try outcome.get()
    }

    /// Waits until a transaction whose answer was lost has ended, so that nothing is read that it may still change.
    ///
    /// Where that is not to be learned, the slot is taken anew.
    func waitForEnd() async throws(PostgresError) {
        _ = try await checkpointer.slot.settledPosition()
    }

    /// Saves everything that is folded, and runs something before anything else is.
    func saveAll<Value: Sendable>(
        before body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await checkpointer.save(before: body)
    }

    /// Saves everything that is folded.
    func saveAll() async throws {
        guard await checkpointer.save() else {
            throw IngestError.unavailable("the statistics could not be saved")
        }
    }
}
