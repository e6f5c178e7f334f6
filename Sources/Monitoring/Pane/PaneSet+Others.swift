package import Statistics

/// What other writers folded into the same panes.
extension PaneSet {
    /// Those of some panes that cannot be read as they are: not in memory, or behind what others saved.
    package func unread(_ keys: [PaneKey]) -> [PaneKey] {
        keys.filter { !isReadable($0) }
    }

    /// The panes of the whole slice that are behind what others saved.
    package var pooledBehind: [PaneKey] { behind.filter { $0.slice == .pooled }.sorted() }

    /// Puts in a pane as it was saved with what others saved of it; one that is in memory already stays, and gets the others'.
    ///
    /// `sole` is what was saved with a pooled pane. Where such a one was read for the pane of that version, it is put in instead.
    package mutating func insert(_ pane: Pane?, sole: ByteText? = nil, others: Pane?, for key: PaneKey) {
        let pooled = PaneKey(start: key.start)
        if key != pooled, sole == key.version, entries[pooled] == nil {
            insert(pane, sole: sole, for: pooled)
            // What others saved of all versions was not read.
            behind.insert(pooled)
        }
        insert(pane, sole: sole, for: key)
        keep(others: others, of: key)
        behind.remove(key)
        if let pooled = substitute(for: key) { entries[pooled]?.hasOthersOfSole = true }
    }

    /// Keeps what others counted of a pane, in the place of what was kept.
    mutating func keep(others pane: Pane?, of key: PaneKey) {
        if pane == nil, others.isEmpty { return }
        footprint += (pane?.footprint ?? 0) - (others[key]?.footprint ?? 0)
        others[key] = pane
    }

    /// Takes note that others have saved some panes, which must be read again before they are answered with.
    package mutating func noteOthers(_ keys: some Sequence<PaneKey>) {
        for key in keys {
            if entries[key] != nil { behind.insert(key) }
            if let pooled = substitute(for: key) { entries[pooled]?.hasOthersOfSole = false }
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
        for key in behind { entries[key]?.hasOthersOfSole = false }
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
}
