package import Statistics

/// The panes of one generation of a model that are in memory: the fold, and a cache of what it folds into.
///
/// What is folded, saved and loaded is one writer's; what other writers folded is added where panes are read.
/// Not loaded panes are asked for (``missing(_:)``) and put in (``insert(_:for:)``); changed ones are handed out for saving
/// (``takeDirty()``); clean ones beyond a budget go, the least recently used first.
package struct PaneSet: Sendable {
    /// How the panes lie on the line of event time.
    package let grid: PaneGrid

    /// Where the columns of a batch go.
    package private(set) var layout: ColumnLayout

    /// What the columns are counted over.
    package var grids: ColumnGrids

    /// Which segments and versions have slices of their own.
    package var names: SliceNames

    /// How many clean panes are kept in memory.
    package var budget: Int

    /// How many predictions the pooled panes hold from a time on; nil until someone asked.
    package internal(set) var volumes: PaneVolumes?

    private var schema: ModelSchema
    var entries: [PaneKey: Entry] = [:]
    /// What all other writers folded into panes in memory, where they folded anything.
    var others: [PaneKey: Pane] = [:]
    /// Panes in memory of which others have saved something since theirs were read.
    var behind: Set<PaneKey> = []
    private(set) var clock: UInt64 = 0
    /// When it was last looked which panes nobody uses, and how often it was not looked since.
    var rested = Rest()
    private var scratch = FoldScratch()
    /// About how many bytes the panes in memory take.
    package internal(set) var footprint = 0
    /// Where panes of the whole slice changed since it was asked; nil when there were too many to tell.
    var changes: Set<Time>? = []

    /// On which days panes changed.
    package internal(set) var edits = DayEdits()

    /// The most changed panes that are told.
    static let mostChanges = 4096

    /// Whether a pane in memory is the same as the saved one.
    enum SavingState {
        case clean
        case dirty
        case saving
        /// Handed out for saving and changed again since.
        case savingAndDirty
    }

    struct Entry {
        /// The pane; as bytes where nobody uses it, see `PaneSet+Packing`.
        var held: HeldPane
        /// Of which versions a pooled pane is.
        var versions = PaneVersions.none
        /// Whether it was read what others saved of the pane for which it stands.
        var hasOthersOfSole = false
        /// Whether more than outcomes and revision differ from the saved pane.
        var differsInRows = false
        var state = SavingState.clean
        var lastUse: UInt64 = 0
        /// About how many bytes it takes in memory.
        var footprint = 0
    }

    /// An empty set for a model.
    package init(schema: ModelSchema, grids: ColumnGrids, names: SliceNames = SliceNames(), budget: Int = 8192) {
        grid = schema.paneGrid
        layout = ColumnLayout(schema)
        self.schema = schema
        self.grids = grids
        self.names = names
        self.budget = budget
    }

    /// Takes over a schema that cuts time in the same way.
    package mutating func adopt(_ schema: ModelSchema) {
        precondition(schema.paneGrid == grid, "another pane width needs another generation of panes")
        layout = ColumnLayout(schema)
        self.schema = schema
    }

    /// Admits the categories, segments and versions of a batch before it is planned and folded.
    ///
    /// What is returned is new and must be stored with the next checkpoint.
    package mutating func admit(_ batch: PredictionBatch, segments: RowSegments) -> Admission {
        Admission(
            categories: grids.admitNames(of: batch, layout: layout),
            slices: names.admit(batch, segments: segments))
    }

    /// How many panes are in memory.
    package var count: Int { entries.count }

    /// The panes that a batch is folded into.
    ///
    /// Categories and slices of the batch must have been admitted before.
    package func plan(
        _ batch: PredictionBatch, rows: [Int]? = nil, segments: ((Int) -> [ByteText])? = nil
    ) -> FoldPlan {
        FoldPlan(batch, rows: rows, grid: grid, names: names, segments: segments)
    }

    /// The panes that deltas are folded into.
    package func plan(_ deltas: [OutcomeDelta]) -> FoldPlan { FoldPlan(deltas, grid: grid, names: names) }

    /// Those of some panes that are not in memory and must be loaded before anything is folded into them.
    package func missing(_ keys: [PaneKey]) -> [PaneKey] {
        keys.filter { home(of: $0) == nil }
    }

    /// Puts in a pane as it was saved, or an empty one where none was; one that is in memory already stays.
    ///
    /// `sole` is what was saved with a pooled pane: the version that it stands for.
    package mutating func insert(_ pane: Pane?, sole: ByteText? = nil, for key: PaneKey) {
        guard home(of: key) == nil else { return }
        clock &+= 1
        var entry = Entry(held: HeldPane(pane ?? Pane()), differsInRows: pane == nil, lastUse: clock)
        if pane != nil, key.slice == .pooled { entry.versions = PaneVersions(saved: sole) }
        put(entry, for: key)
        rested.isDone = false
    }

    /// A pane in memory over all writers; nil where it is not loaded.
    package mutating func pane(for key: PaneKey) -> Pane? {
        guard let pane = self[key], let home = home(of: key) else { return nil }
        clock &+= 1
        entries[home]?.lastUse = clock
        return pane
    }

    /// A pane in memory over all writers, without counting as a use.
    package subscript(key: PaneKey) -> Pane? {
        guard let own = held(key)?.content else { return nil }
        guard !others.isEmpty, let others = others[key] else { return own }
        var total = own
        total.merge(others)
        return total
    }

    /// Folds predictions that are new.
    ///
    /// All panes of the plan must be in memory. Panes that end at or before the watermark get a new revision.
    /// - Complexity: O(rows x columns x slices of a row).
    package mutating func fold(_ batch: PredictionBatch, _ plan: FoldPlan, watermark: Time? = nil) {
        let (layout, grids) = (layout, grids)
        let batch = batch.deriving(layout, by: grids.projections)
        noteVersions(of: plan)
        for group in plan.groups where substitute(for: group.key) == nil {
            change(group.key, watermark: watermark) { pane, scratch in
                pane.fold(batch, rows: group.rows, layout: layout, grids: grids, scratch: &scratch)
            }
        }
    }

    /// Folds outcomes. All panes of their plan must be in memory.
    package mutating func fold(_ deltas: [OutcomeDelta], _ plan: FoldPlan, watermark: Time? = nil) {
        let grid = grid
        let rules = OutcomeRules(schema, residualScale: grids.residualScale)
        noteVersions(of: plan)
        for group in plan.groups where substitute(for: group.key) == nil {
            let end = grid.end(ofPaneStarting: group.key.start)
            change(group.key, watermark: watermark, onlyOutcomes: true) { pane, _ in
                pane.fold(deltas, rows: group.rows, paneEnd: end, grid: grid, rules: rules)
            }
        }
    }

    /// Notes that a pane changed behind the watermark, where the fold itself could not tell; a pane that is not in memory stays.
    ///
    /// Where the pooled pane stands for it, that one is noted: whatever changes the pane of a version changes the pooled one.
    package mutating func revise(_ key: PaneKey) {
        guard entries[key] != nil else { return }
        change(key, watermark: nil, onlyOutcomes: true) { pane, _ in pane.revision &+= 1 }
    }

    /// Adds to how often panes changed, of those that end at or before the watermark; they must be in memory.
    package mutating func revise(_ revisions: [PaneKey: Int], watermark: Time?) {
        for key in revisions.keys { separate(PaneKey(start: key.start)) }
        for (key, before) in revisions {
            change(key, watermark: watermark, onlyOutcomes: true) { pane, _ in pane.revision &+= before }
        }
    }

    /// The starts of the panes of the whole slice that changed since the last call; nil when there were too many to tell.
    package mutating func takeChanges() -> Set<Time>? {
        defer { changes = [] }
        return changes
    }

    /// The panes that changed since they were last handed out, in order; until they are ``confirmSaved(_:)`` they stay.
    package mutating func takeDirty() -> [UnsavedPane] {
        var taken: [UnsavedPane] = []
        for (key, entry) in entries where entry.state == .dirty || entry.state == .savingAndDirty {
            taken.append(
                UnsavedPane(
                    key: key, held: entry.held, sole: entry.versions.sole, differsInRows: entry.differsInRows))
        }
        for part in taken {
            entries[part.key]?.state = .saving
            entries[part.key]?.differsInRows = false
        }
        return taken.sorted { $0.key < $1.key }
    }

    /// Notes that panes which were handed out are saved.
    package mutating func confirmSaved(_ keys: some Sequence<PaneKey>) {
        for key in keys { settle(key, saving: .clean) }
        evict()
    }

    /// Notes that panes which were handed out could not be saved and must be handed out again.
    package mutating func takeBack(_ keys: some Sequence<PaneKey>) {
        for key in keys {
            settle(key, saving: .dirty)
            entries[key]?.differsInRows = true
        }
    }

    private mutating func settle(_ key: PaneKey, saving next: SavingState) {
        switch entries[key]?.state {
        case .saving: entries[key]?.state = next
        case .savingAndDirty: entries[key]?.state = .dirty
        case .clean, .dirty, nil: break
        }
    }

    private mutating func change(
        _ key: PaneKey, watermark: Time?, onlyOutcomes: Bool = false, _ body: (inout Pane, inout FoldScratch) -> Void
    ) {
        guard let index = entries.index(forKey: key) else {
            preconditionFailure("a pane is loaded before anything is folded into it")
        }
        clock &+= 1
        rested.isDone = false
        let isPast = watermark.map { grid.end(ofPaneStarting: key.start) <= $0 } ?? false
        let changesRows = entries.values[index].change(onlyOutcomes: onlyOutcomes, at: clock, footprint: &footprint) {
            body(&$0, &scratch)
            if isPast { $0.revision &+= 1 }
        }
        noteEdit(key)
        guard key.slice == .pooled else { return }
        if let own = pane(representedBy: key) { noteEdit(own) }
        if changesRows, var known = volumes.take() {
            // What others counted of it may not have been read yet.
            volumes = isReadable(key) && note(key, in: &known) ? known : nil
        }
        changes?.insert(key.start)
        if changes?.count ?? 0 > Self.mostChanges { changes = nil }
    }
}

extension PaneSet.Entry {
    /// Notes that it is not saved as it is.
    mutating func noteChange(inRows: Bool) {
        if inRows { differsInRows = true }
        state = state == .saving || state == .savingAndDirty ? .savingAndDirty : .dirty
    }

    /// Changes the pane; returns whether more than its outcomes may have changed.
    fileprivate mutating func change(
        onlyOutcomes: Bool, at clock: UInt64, footprint total: inout Int, _ body: (inout Pane) -> Void
    ) -> Bool {
        var changesRows = !onlyOutcomes
        let wasPacked = held.isPacked
        var growth = 0
        held.change { pane in
            let before = pane.outcomes.footprint
            // Weights lie across both halves.
            if !pane.weights.isEmpty { changesRows = true }
            body(&pane)
            if !pane.weights.isEmpty { changesRows = true }
            growth = pane.outcomes.footprint - before
        }
        // Labels come to many panes at once, whose columns need not be looked at.
        let now = changesRows || wasPacked ? held.footprint : footprint + growth
        total += now - footprint
        footprint = now
        lastUse = clock
        noteChange(inRows: changesRows)
        return changesRows
    }
}
