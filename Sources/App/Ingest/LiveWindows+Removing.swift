import Monitoring
import Postgres
import Statistics
import Store

/// Rows that were taken out of the log again.
extension LiveWindows {
    /// Folds the slot's own rows of a stretch anew, as far as they are folded here.
    func refold(_ removal: StoredRemoval, upTo position: Int64) async throws {
        for number in generations.map(\.stored.number) {
            guard let index = index(of: number) else { continue }
            let grid = generations[index].panes.grid
            let (start, end) = (grid.start(of: removal.from), grid.boundary(notBefore: removal.to))
            generations[index].panes.forget(from: start, to: end)
            epoch &+= 1
            rolledUp[number] = nil
            try await refold(.stretch(from: start, to: end, upTo: position, slot: slot), into: number)
        }
        changes &+= 1
    }

    /// Takes the rows of a stretch `[from, to)` out of the log and of the statistics of all slots.
    /// - Returns: how many rows of predictions there were.
    func remove(from: Time, to: Time, at now: Time, gate: LogGate, peers: Peers) async throws -> Int {
        let end = ContinuousClock.now + Self.patience
        let result = try await removed(from: from, to: to, at: now, until: end)
        try await peers.look()
        try await gate.between { _ in try await self.keepRevisions(result.panes) }
        try await gate.saveAll()
        // Others fold their own rows anew; of those that are gone, somebody does.
        while try await !store.slotsBehind(removal: result.number).isEmpty {
            guard ContinuousClock.now < end else {
                throw IngestError.busy(
                    "the rows are gone, but another process has not yet taken them out of its statistics")
            }
            try await Task.sleep(for: .milliseconds(50))
            try await peers.look()
        }
        return result.rows
    }

    private static var patience: Duration { .seconds(60) }

    /// Takes the rows out of the log; tries again where a group that was being committed stood in the way.
    private func removed(
        from: Time, to: Time, at now: Time, until end: ContinuousClock.Instant
    ) async throws -> RemovalResult {
        while true {
            do throws(PostgresError) {
                let result = try await store.remove(model: id, from: from, to: to, at: now)
                guard let result else { break }
                return result
            } catch {
                guard error.isTransient, !error.commitOutcomeUnknown, ContinuousClock.now < end else { throw error }
            }
        }
        throw IngestError.busy("another change of the model is on its way; try again when it has ended")
    }

    /// Keeps count of how often panes changed that a removal deleted, over all writers.
    func keepRevisions(_ removed: [RemovedPane]) async throws {
        for (number, panes) in Dictionary(grouping: removed, by: \.generation) {
            guard let index = index(of: number) else { continue }
            let (layout, grids) = (generations[index].panes.layout, generations[index].panes.grids)
            var revisions: [PaneKey: Int] = [:]
            for pane in panes {
                let revision = try Pane(decoding: pane.content, layout: layout, grids: grids).revision
                for key in pane.keys { revisions[key, default: 0] += revision }
            }
            try await load(Array(revisions.keys), of: number, forFolding: true)
            guard let index = self.index(of: number) else { continue }
            generations[index].panes.revise(revisions, watermark: watermark.time)
        }
    }
}
