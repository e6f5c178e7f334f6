import Statistics

/// What of whole days is known here, beside the day panes that are saved.
extension PaneSet {
    /// From so many predictions on, adding up a day's panes takes longer than reading its day pane.
    private static let manyPredictions = 2048

    /// Takes note that a pane changed, or what others saved of it.
    mutating func noteEdit(_ key: PaneKey) {
        guard let days = grid.days else { return }
        edits.note(PaneKey(slice: key.slice, start: days.start(of: key.start)))
    }

    /// Whether a day is read faster from its day pane than from the panes in memory.
    package func isSlow(day: PaneKey) -> Bool {
        var predictions = 0
        for key in keys(ofDay: day) {
            guard isReadable(key), let held = held(key) else { return true }
            predictions += held.predictions
        }
        return predictions >= Self.manyPredictions
    }

    /// This writer's panes of a day that are not saved as they are, by their start.
    package func unsaved(day: PaneKey) -> [Time: Pane] {
        var found: [Time: Pane] = [:]
        for key in keys(ofDay: day) {
            guard let home = home(of: key), let entry = entries[home], entry.state != .clean else { continue }
            found[key.start] = entry.held.content
        }
        return found
    }

    /// Whether a pane that starts in a stretch, of any slice, is not saved as it is.
    package func hasUnsaved(from: Time, to: Time) -> Bool {
        entries.contains { $0.value.state != .clean && $0.key.start >= from && $0.key.start < to }
    }

    private func keys(ofDay day: PaneKey) -> [PaneKey] {
        guard let days = grid.days else { return [] }
        return grid.starts(from: day.start, to: days.end(ofPaneStarting: day.start)).map {
            PaneKey(slice: day.slice, start: $0)
        }
    }
}
