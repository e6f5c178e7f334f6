import Statistics

/// Pooled panes that stand for those of a model version, because all their rows are of it.
///
/// A model mostly has one version at a time, whose panes would hold the same as the pooled ones: they are made, in memory and as
/// they are saved, only once a row of another version comes to the same pane.
extension PaneSet {
    /// The pooled pane in memory that stands for a pane; nil where there is none.
    func substitute(for key: PaneKey) -> PaneKey? {
        guard !key.version.utf8.isEmpty, key.segment.utf8.isEmpty else { return nil }
        let pooled = PaneKey(start: key.start)
        return entries[pooled]?.versions.sole == key.version ? pooled : nil
    }

    /// Where in memory it stands what this writer counted of a pane; nil where it is not loaded.
    func home(of key: PaneKey) -> PaneKey? { entries[key] != nil ? key : substitute(for: key) }

    /// What this writer counted of a pane; nil where it is not loaded.
    func held(_ key: PaneKey) -> HeldPane? {
        entries[key]?.held ?? substitute(for: key).flatMap { entries[$0]?.held }
    }

    /// Whether a pane is in memory with all that others are known to have saved of it.
    func isReadable(_ key: PaneKey) -> Bool {
        if entries[key] != nil { return behind.isEmpty || !behind.contains(key) }
        return substitute(for: key).flatMap { entries[$0]?.hasOthersOfSole } ?? false
    }

    /// The pane for which a pooled one stands.
    func pane(representedBy pooled: PaneKey) -> PaneKey? {
        guard pooled.slice == .pooled, let version = entries[pooled]?.versions.sole else { return nil }
        return PaneKey(slice: Slice(version: version), start: pooled.start)
    }

    /// Takes note of the versions whose rows a plan brings: from here on pooled panes stand for those that they will stand for
    /// when it is folded.
    mutating func noteVersions(of plan: FoldPlan) {
        for group in plan.groups where group.key.slice == .pooled { note(group.versions, in: group.key) }
    }

    /// Lets a pooled pane stand for no other any more, and makes the one for which it stood.
    mutating func separate(_ pooled: PaneKey) {
        let own = pane(representedBy: pooled)
        entries[pooled]?.versions = .several
        guard let own, let entry = entries[pooled] else { return }
        entries[pooled]?.noteChange(inRows: true)
        var copy = Entry(held: entry.held, lastUse: entry.lastUse)
        copy.noteChange(inRows: true)
        put(copy, for: own)
        if !entry.hasOthersOfSole { behind.insert(own) }
        noteEdit(own)
    }

    private mutating func note(_ versions: PaneVersions, in pooled: PaneKey) {
        guard let known = entries[pooled]?.versions else { return }
        var all = known
        all.note(versions)
        guard all != known else { return }
        guard let version = all.sole else { return separate(pooled) }
        let own = PaneKey(slice: Slice(version: version), start: pooled.start)
        if let made = entries[own] {
            guard made.isUntouched else { return separate(pooled) }
            // What others counted of it stays.
            footprint -= made.footprint
            entries[own] = nil
            let hasOthers = behind.remove(own) == nil
            entries[pooled]?.hasOthersOfSole = hasOthers
        }
        entries[pooled]?.versions = all
        // Of which version it is, is saved with its rows.
        entries[pooled]?.differsInRows = true
    }
}

extension PaneSet.Entry {
    /// Whether nothing was ever counted in it, nor saved of it.
    fileprivate var isUntouched: Bool { state == .clean && differsInRows }
}
