import Monitoring
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

    /// Runs something between two groups; it learns the position up to which everything is folded.
    func between(_ body: @escaping @Sendable (Int64) async -> Void) async throws {
        guard await queue.betweenGroups({ slot in await body(slot.position) }) else { throw IngestError.stopping }
    }

    /// Saves everything that is folded.
    func saveAll() async throws {
        guard await checkpointer.save() else {
            throw IngestError.unavailable("the statistics could not be saved")
        }
    }
}
