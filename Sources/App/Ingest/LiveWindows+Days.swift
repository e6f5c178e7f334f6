import Monitoring
import Statistics
import Store

/// Day panes in the place of the panes of whole days, where windows are long or their panes have gone.
extension LiveWindows {
    /// What a reader needs of a slice.
    struct DayQuestion {
        let slice: Slice
        let generation: Int32
        /// The stretch that is added up.
        let from: Time
        let to: Time
        /// Days before it are taken apart later, unless they have no panes any more.
        let wholeFrom: Time
    }

    /// How often days are read again that change all the time.
    private static let mostReads = 50

    /// Brings all that a stretch is made of into memory: the panes that `needed` names besides the day panes, which are returned by
    /// their start. When it returns, both are of one moment.
    ///
    /// - Returns: nil where the generation is gone.
    func gather(_ asked: DayQuestion, needed: ([Time: Pane]) -> [PaneKey]) async throws -> [Time: Pane]? {
        for _ in 0..<Self.mostReads {
            guard let index = index(of: asked.generation) else { return nil }
            let mark = generations[index].panes.edits.mark
            let days = try await dayPanes(asked, generations[index])
            try await load(needed(days), of: asked.generation)
            guard let index = self.index(of: asked.generation) else { return nil }
            let edits = generations[index].panes.edits
            let isOld = days.keys.contains { edits.isEdited(PaneKey(slice: asked.slice, start: $0), since: mark) }
            if !isOld { return days }
        }
        throw IngestError.busy("rows come into days that are kept whole all the time; try again")
    }

    /// The day panes of a stretch over all slots, as they are saved and with what of this slot is not saved yet.
    private func dayPanes(_ asked: DayQuestion, _ generation: Generation) async throws -> [Time: Pane] {
        let panes = generation.panes
        let fineFrom = generation.stored.fineFrom ?? .earliest
        let isGone = { (day: Time) in day + .days(1) <= fineFrom }
        // Days that are not over have no day panes yet.
        let end = rolledUp[generation.stored.number] ?? .latest
        var unsaved: [Time: [Time: Pane]] = [:]
        let days = panes.grid.wholeDays(from: asked.from, to: asked.to).filter { day in
            let key = PaneKey(slice: asked.slice, start: day)
            guard isGone(day) || day >= asked.wholeFrom && day < end && panes.isSlow(day: key) else { return false }
            let changed = panes.unsaved(day: key)
            if !changed.isEmpty { unsaved[day] = changed }
            return isGone(day) || changed.isEmpty
        }
        guard let first = days.first, let last = days.last else { return [:] }
        let parts = try await store.dayParts(
            model: id, generation: generation.stored.number, slice: asked.slice, from: first, to: last + .days(1),
            fineFrom: generation.stored.fineFrom, slot: slot, unsaved: unsaved.keys.sorted())
        // A day without any part has no rows; it is not looked for among panes.
        var sums = Dictionary(uniqueKeysWithValues: days.filter(isGone).map { ($0, Pane()) })
        let wanted = Set(days)
        for part in parts where wanted.contains(part.day) {
            if part.slot == slot, let start = part.start, unsaved[part.day]?[start] != nil { continue }
            var pane = try Pane(decoding: part.content, layout: panes.layout, grids: panes.grids)
            if let outcomes = part.outcomes {
                pane.take(outcomeHalf: try Pane(decoding: outcomes, layout: panes.layout, grids: panes.grids))
            }
            sums[part.day, default: Pane()].merge(pane)
        }
        for (day, changed) in unsaved where wanted.contains(day) {
            for pane in changed.values { sums[day, default: Pane()].merge(pane) }
        }
        return sums
    }
}
