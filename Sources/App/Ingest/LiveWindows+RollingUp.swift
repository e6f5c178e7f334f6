import Monitoring
import ServiceLifecycle
import Statistics
import Store

/// Days that are over are added up, so that long windows need not be made of all their panes.
extension LiveWindows {
    /// The most days of all slices that are added up, and that lose their panes, in one go.
    private static let mostDays: Int32 = 10_000

    /// Adds up the days that have ended, and leaves alone those whose panes are older than the model keeps them.
    package func rollUp(gate: LogGate) async throws {
        guard let newest = newestEvent else { return }
        for stored in generations.map(\.stored) where stored.ready && !stored.isRetired {
            guard let days = index(of: stored.number).flatMap({ generations[$0].panes.grid.days }) else { continue }
            let end = days.start(of: (watermark.time ?? newest) - schema.allowedLateness)
            if rolledUp[stored.number].map({ $0 < end }) ?? true, try await addUp(before: end, of: stored.number) {
                rolledUp[stored.number] = end
            }
            guard takesOverChanges else {
                statedFineFrom[stored.number] = nil
                continue
            }
            // What was stated the last time is known to all processes by now.
            if let fineFrom = statedFineFrom[stored.number] {
                try await leaveDays(before: fineFrom, of: stored.number, gate)
            }
            try await raise(fineFrom: days.start(of: newest - schema.retention.panes), of: stored)
            statedFineFrom[stored.number] = index(of: stored.number).flatMap { generations[$0].stored.fineFrom }
        }
    }

    /// Whether no process is making a generation, which would learn of another change of the model only after that.
    private var takesOverChanges: Bool {
        !isChanging && !lacksGeneration && generations.allSatisfy(\.stored.ready)
    }

    /// Makes the day panes that are missing or were made of other panes; false where some are still to be made.
    private func addUp(before end: Time, of number: Int32) async throws -> Bool {
        let unmade = try await store.unmadeDays(model: id, generation: number, before: end, most: Self.mostDays)
        for day in unmade {
            if Task.isShuttingDownGracefully { return false }
            guard let index = index(of: number) else { return true }
            let (layout, grids) = (generations[index].panes.layout, generations[index].panes.grids)
            let panes = try await store.panes(of: day, model: id, generation: number)
            let sum = try await Self.sum(of: panes.map { ($0.content, $0.outcomes) }, layout, grids)
            try await store.save(
                DayPane(
                    day: day, pane: sum, parts: Int64(panes.count), stamps: panes.reduce(0) { $0 &+ $1.stamp }),
                model: id, generation: number)
        }
        return unmade.count < Int(Self.mostDays)
    }

    /// Adds up saved panes, beside whatever the windows do meanwhile.
    @concurrent
    private nonisolated static func sum(
        of halves: [(rows: [UInt8], outcomes: [UInt8]?)], _ layout: ColumnLayout, _ grids: ColumnGrids
    ) async throws(CodecError) -> Pane {
        var sum = Pane()
        for (rows, outcomes) in halves {
            var pane = try Pane(decoding: rows, layout: layout, grids: grids)
            if let outcomes {
                pane.take(outcomeHalf: try Pane(decoding: outcomes, layout: layout, grids: grids))
            }
            sum.merge(pane)
        }
        return sum
    }

    /// States from when on days have panes, where their day panes are kept longer.
    private func raise(fineFrom time: Time, of stored: StoredGeneration) async throws {
        guard schema.retention.statistics > schema.retention.panes, let firstEvent, firstEvent < time,
            stored.fineFrom.map({ $0 < time }) ?? true
        else { return }
        try await store.raise(fineFrom: time, model: id, generation: stored.number)
        if let index = index(of: stored.number) { generations[index].stored.fineFrom = time }
    }

    /// Removes the panes of days that have day panes: those of this slot, and of slots that nobody holds.
    private func leaveDays(before end: Time, of number: Int32, _ gate: LogGate) async throws {
        let ready = try await store.daysToLeave(
            model: id, generation: number, before: end, slot: slot, most: Self.mostDays)
        for (start, days) in Dictionary(grouping: ready, by: \.key.start).sorted(by: { $0.key < $1.key })
        where !Task.isShuttingDownGracefully {
            try await gate.between { holder in try await self.leave(days, startingAt: start, of: number, holder, gate) }
        }
    }

    /// Removes the panes of one day of slices; called between two groups, so that nothing is folded into them meanwhile.
    ///
    /// None of them stays in memory: what comes later is counted in new ones, which are added to the day.
    private func leave(
        _ days: [DayOfSlot], startingAt start: Time, of number: Int32, _ holder: WriterSlot, _ gate: LogGate
    ) async throws {
        guard let index = index(of: number), holder.slot == slot else { return }
        let end = start + .days(1)
        guard !generations[index].panes.hasUnsaved(from: start, to: end) else { return }
        defer { forget(from: start, to: end, of: number) }
        forget(from: start, to: end, of: number)
        for day in days {
            do {
                let isLeft = try await store.leave(day, model: id, generation: number, holder: holder)
                if !isLeft { rolledUp[number] = nil }
            } catch {
                // No pane that it may delete is to be read before that and kept.
                try await gate.waitForEnd()
                throw error
            }
        }
    }

    /// Forgets panes, also those that are being read at this moment.
    private func forget(from: Time, to: Time, of number: Int32) {
        if let index = index(of: number) { generations[index].panes.forget(from: from, to: to) }
        epoch &+= 1
    }
}
