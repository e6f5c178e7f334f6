import Statistics

/// What other writers folded into the same panes.
extension PaneSet {
    /// Those of some panes that cannot be read as they are: not in memory, or behind what others saved.
    package func unread(_ keys: [PaneKey]) -> [PaneKey] {
        behind.isEmpty ? missing(keys) : keys.filter { entries[$0] == nil || behind.contains($0) }
    }

    /// The panes of the whole slice that are behind what others saved.
    package var pooledBehind: [PaneKey] { behind.filter { $0.slice == .pooled }.sorted() }

    /// Puts in a pane as it was saved with what others saved of it; one that is in memory already stays, and gets the others'.
    package mutating func insert(_ pane: Pane?, others: Pane?, for key: PaneKey) {
        insert(pane, for: key)
        footprint += (others?.footprint ?? 0) - (self.others[key]?.footprint ?? 0)
        self.others[key] = others
        behind.remove(key)
    }

    /// Takes note that others have saved some panes, which must be read again before they are answered with.
    package mutating func noteOthers(_ keys: some Sequence<PaneKey>) {
        for key in keys {
            if entries[key] != nil { behind.insert(key) }
            noteEdit(key)
            guard key.slice == .pooled else { continue }
            volumes = nil
            changes?.insert(key.start)
            if changes?.count ?? 0 > Self.mostChanges { changes = nil }
        }
    }

    /// Takes note that others may have saved any pane.
    package mutating func noteAllOthers() {
        behind = Set(entries.keys)
        edits.noteAll()
        volumes = nil
        changes = nil
    }

    /// Forgets the panes that start in a stretch, saved or not: they were counted anew elsewhere.
    package mutating func forget(from: Time, to: Time) {
        for key in entries.keys where key.start >= from && key.start < to { remove(key) }
        edits.noteAll()
        volumes = nil
        changes = nil
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
