import Monitoring
import Statistics
import Store

/// Folding again what the log has.
extension LiveWindows {
    /// Folds what was committed after the last checkpoint.
    func recover(after position: Int64, slot: Int32, wallClock: Time) async throws {
        guard generations.allSatisfy({ $0.foldedAfter <= position }) else {
            // What lies before the position from which on a generation is folded here, its maker folds.
            for (number, start) in generations.map({ ($0.stored.number, $0.foldedAfter) }) {
                try await refold(.after(position: max(position, start), slot: slot), into: number)
            }
            changes &+= 1
            return
        }
        let reader = LogReader(store: store)
        let part = LogReader.Part.after(position: position, slot: slot)
        refoldFailure = nil
        let trail = try await trail(reader, after: position, slot: slot)
        var late: Set<LateChange> = []
        try await reader.predictions(of: id, schema: schema, part) { stored in
            await self.refold(stored, .recovery)
            late.formUnion(self.lateChanges(stored, trail))
        }
        try await reader.outcomes(of: id, part) { deltas, positions in
            await self.refold(deltas, .recovery)
            late.formUnion(self.lateChanges(deltas, positions, trail))
        }
        if let failure = refoldFailure { throw failure }
        revise(late)
        changes &+= 1
    }

    /// Folds a part of the log into one generation.
    func refold(_ part: LogReader.Part, into number: Int32) async throws {
        guard let index = index(of: number) else { return }
        let reader = LogReader(store: store)
        refoldFailure = nil
        try await reader.predictions(of: id, schema: schema(of: generations[index].stored), part) { rows in
            await self.refold(rows, .generation(number))
            self.noteFolded(rows.batch.count)
        }
        try await reader.outcomes(of: id, part) { deltas, _ in await self.refold(deltas, .generation(number)) }
        if let failure = refoldFailure { throw failure }
    }

    /// Where the watermark was while the groups after a position came.
    private func trail(_ reader: LogReader, after position: Int64, slot: Int32) async throws -> WatermarkTrail {
        let saved = try await store.newestSavedEvent(model: id)
        var trail = WatermarkTrail(start: saved.map { $0 - schema.watermarkDelay })
        for group in try await reader.newestEvents(of: id, after: position, slot: slot) {
            trail.append(position: group.position, reached: group.event - schema.watermarkDelay)
        }
        return trail
    }

    private func lateChanges(_ stored: StoredPredictions, _ trail: WatermarkTrail) -> Set<LateChange> {
        var late: Set<LateChange> = []
        for generation in generations {
            let grid = generation.panes.grid
            let rows = generation.rows(of: stored.batch, among: Array(0..<stored.batch.count)).filter { row in
                let end = grid.end(ofPaneStarting: grid.start(of: stored.batch.times[row]))
                return trail.isLate(stored.positions[row], paneEnd: end)
            }
            for (position, rows) in Dictionary(grouping: rows, by: { stored.positions[$0] }) {
                let plan = generation.panes.plan(stored.batch, rows: rows, segments: { stored.segments[$0] })
                for key in plan.keys {
                    late.insert(LateChange(generation: generation.stored.number, pane: key, position: position))
                }
            }
        }
        return late
    }

    private func lateChanges(
        _ deltas: [OutcomeDelta], _ positions: [Int64], _ trail: WatermarkTrail
    ) -> Set<LateChange> {
        var late: Set<LateChange> = []
        for generation in generations {
            let grid = generation.panes.grid
            for (delta, position) in zip(deltas, positions) where generation.counts(delta.eventTime) {
                let end = grid.end(ofPaneStarting: grid.start(of: delta.eventTime))
                guard trail.isLate(position, paneEnd: end) else { continue }
                for key in delta.paneKeys(grid: grid, names: generation.panes.names) {
                    late.insert(
                        LateChange(generation: generation.stored.number, pane: key, position: position))
                }
            }
        }
        return late
    }

    private func revise(_ late: Set<LateChange>) {
        for change in late {
            guard let index = index(of: change.generation) else { continue }
            generations[index].panes.revise(change.pane)
        }
    }

    /// Folds rows that come out of the log again.
    private func refold(_ stored: StoredPredictions, _ cause: FoldCause) async {
        if let first = stored.batch.times.min() { firstEvent = min(firstEvent ?? first, first) }
        do {
            try await admit(segments: stored.segments.flatMap(\.self), versions: stored.batch.versions)
            try await fold(
                rankedBatch(stored), rows: Array(0..<stored.batch.count), segments: { stored.segments[$0] }, cause)
        } catch {
            refoldFailure = error
        }
    }

    /// Folds outcomes that come out of the log again.
    private func refold(_ deltas: [OutcomeDelta], _ cause: FoldCause) async {
        do {
            try await fold(deltas, cause)
        } catch {
            refoldFailure = error
        }
    }
}
