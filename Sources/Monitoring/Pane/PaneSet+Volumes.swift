import Statistics

/// How many predictions the pooled panes hold over all writers.
extension PaneSet {
    /// Keeps what was read of the saved pooled panes, with what those in memory hold; false where there are too many to keep.
    package mutating func adopt(_ saved: PaneVolumes) -> Bool {
        var volumes = saved
        for key in entries.keys where key.slice == .pooled {
            guard note(key, in: &volumes) else { return false }
        }
        self.volumes = volumes
        return true
    }

    /// What was read of the saved pooled panes, with what those in memory hold, as far as it can be kept.
    package func overlaid(_ saved: PaneVolumes) -> PaneVolumes {
        var volumes = saved
        for key in entries.keys where key.slice == .pooled { _ = note(key, in: &volumes) }
        return volumes
    }

    /// Notes what a pane in memory holds over all writers; returns false where there are too many panes to know them all.
    func note(_ key: PaneKey, in volumes: inout PaneVolumes) -> Bool {
        var predictions = entries[key]?.held.predictions ?? 0
        var newestEvent = entries[key]?.held.newestEvent
        if !others.isEmpty, let others = others[key] {
            predictions += others.predictions
            newestEvent = [newestEvent, others.newestEvent].compactMap(\.self).max()
        }
        return volumes.note(predictions: predictions, newestEvent: newestEvent, startingAt: key.start)
    }
}
