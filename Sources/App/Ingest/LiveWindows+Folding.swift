import Monitoring
import Postgres
import Statistics
import Store

/// The fold of what was committed.
extension LiveWindows {
    /// Folds what became of some submissions.
    ///
    /// Panes that are not in memory are read until the database answers: what is committed is folded.
    /// - Throws: when a pane cannot be loaded; the process must then start again and recover, because the log is ahead.
    func fold(_ part: FoldPart, wallClock: Time) async throws {
        if let batch = part.batch, !part.fresh.isEmpty {
            try await fold(batch, rows: part.fresh, segments: part.segments, .commit)
            var reached = watermark
            for row in part.fresh {
                let time = batch.times[row]
                firstEvent = min(firstEvent ?? time, time)
                reached.observe(event: time, wallClock: wallClock, delay: schema.watermarkDelay)
            }
            let becameLive = reached.isLive && !watermark.isLive
            watermark = reached
            if becameLive {
                try await persistence.untilAnswered { () throws(PostgresError) in
                    try await store.markLive(model: id, since: wallClock)
                }
            }
        }
        // A prediction of another process may have brought a version that is not known here.
        var last: ByteText = ""
        let isNew = part.deltas.contains { delta in
            defer { last = delta.version }
            return delta.version != last && slices.misses(version: delta.version)
        }
        if isNew {
            adopt(
                try await persistence.untilAnswered { () throws(PostgresError) in try await store.slices(model: id) })
        }
        try await fold(part.deltas, .commit)
        noteLate(part.batch, rows: part.batch == nil ? [] : part.fresh, part.deltas)
        if part.changesAnything { noteChange(by: part) }
    }

    private var persistence: Persistence { Persistence(logger: logger) }

    /// Folds predictions into every generation that counts them.
    func fold(
        _ batch: PredictionBatch, rows: [Int], segments: @escaping (Int) -> [ByteText], _ cause: FoldCause
    ) async throws {
        for stored in generations.map({ $0.stored.number }) where cause.includes(stored) {
            guard let index = index(of: stored) else { continue }
            let own = generations[index].rows(of: batch, among: rows)
            guard !own.isEmpty else { continue }
            admitCategories(of: batch, in: index)
            let plan = generations[index].panes.plan(batch, rows: own, segments: segments)
            try await load(plan.keys, of: stored, forFolding: true)
            guard let index = self.index(of: stored) else { continue }
            generations[index].panes.fold(batch, plan, watermark: passed(cause))
            noteMemory()
        }
    }

    /// Folds changes of outcomes into every generation that counts their predictions.
    func fold(_ deltas: [OutcomeDelta], _ cause: FoldCause) async throws {
        guard !deltas.isEmpty else { return }
        for stored in generations.map({ $0.stored.number }) where cause.includes(stored) {
            guard let index = index(of: stored) else { continue }
            let own = generations[index].counted(deltas)
            guard !own.isEmpty else { continue }
            let plan = generations[index].panes.plan(own)
            try await load(plan.keys, of: stored, forFolding: true)
            guard let index = self.index(of: stored) else { continue }
            generations[index].panes.fold(own, plan, watermark: passed(cause))
            noteMemory()
        }
    }

    /// The time up to which panes that change get a new revision.
    private func passed(_ cause: FoldCause) -> Time? {
        if case .commit = cause { watermark.time } else { nil }
    }

    private func admitCategories(of batch: PredictionBatch, in index: Int) {
        let layout = generations[index].panes.layout
        for (column, names) in generations[index].panes.grids.admitNames(of: batch, layout: layout) {
            for name in names {
                generations[index].newNames.insert(
                    StoredCategory(model: id, feature: ByteText(column.address), name: name))
            }
        }
    }

    func index(of generation: Int32) -> Int? {
        generations.firstIndex { $0.stored.number == generation }
    }

    /// Brings panes into memory that are not there.
    ///
    /// Whoever folds needs this slot's own; whoever reads also what the other slots have saved. What is read is thrown away and
    /// read again when panes may have left memory meanwhile: it may be older than they were.
    func load(_ keys: [PaneKey], of generation: Int32, forFolding: Bool = false) async throws {
        await makeRoom()
        while let index = index(of: generation) {
            let missing =
                forFolding ? generations[index].panes.missing(keys) : generations[index].panes.unread(keys)
            guard !missing.isEmpty else { return }
            let before = epoch
            let layout = generations[index].panes.layout
            let grids = generations[index].panes.grids
            var own: [PaneKey: (pane: Pane, sole: ByteText?)] = [:]
            var others: [PaneKey: Pane] = [:]
            for (stretch, slices) in Self.slices(of: missing) {
                let read = { [store, id] () async throws(PostgresError) in
                    try await store.panes(
                        model: id, generation: generation, slices: slices, from: stretch.lowerBound,
                        to: Time(microseconds: stretch.upperBound.microseconds + 1))
                }
                let stored = forFolding ? try await persistence.untilAnswered(read) : try await read()
                for saved in stored {
                    var pane = try Pane(decoding: saved.content, layout: layout, grids: grids)
                    if let outcomes = saved.outcomes {
                        pane.take(outcomeHalf: try Pane(decoding: outcomes, layout: layout, grids: grids))
                    }
                    if saved.slot == slot {
                        own[saved.key] = (pane, saved.sole)
                    } else {
                        others[saved.key, default: Pane()].merge(pane)
                    }
                }
            }
            guard epoch == before, let index = self.index(of: generation) else { continue }
            for key in missing {
                let saved = own[key]
                generations[index].panes.insert(saved?.pane, sole: saved?.sole, others: others[key], for: key)
            }
            correctMemory()
        }
    }
}

extension LiveWindows {
    /// The stretches that hold some panes, each with the slices of which it is read.
    private static func slices(of keys: [PaneKey]) -> [ClosedRange<Time>: [Slice]] {
        var stretches: [ClosedRange<Time>: [Slice]] = [:]
        for (slice, keys) in Dictionary(grouping: keys, by: \.slice) {
            guard let first = keys.map(\.start).min(), let last = keys.map(\.start).max() else { continue }
            stretches[first...last, default: []].append(slice)
        }
        return stretches
    }
}

/// What the checkpointer saves.
extension LiveWindows {
    /// Adds what changed since the last checkpoint.
    func addChanges(to checkpoint: inout Checkpoint) {
        ageRunningTotals()
        for index in generations.indices {
            let number = generations[index].stored.number
            generations[index].panes.rest()
            checkpoint.panes += generations[index].panes.takeDirty().map {
                StoredPane(model: id, generation: number, $0)
            }
            checkpoint.categories += generations[index].newNames
            generations[index].newNames = []
        }
        correctMemory()
    }

    /// Panes were saved.
    func confirm(_ panes: [StoredPane]) {
        settle(panes) { set, keys in set.confirmSaved(keys) }
        epoch &+= 1
        // Only what is saved can be packed.
        packedFootprint = 0
        noteMemory()
    }

    /// Panes could not be saved. Names are saved again with the next ones.
    func takeBack(_ panes: [StoredPane], _ checkpoint: Checkpoint) {
        settle(panes) { set, keys in set.takeBack(keys) }
        if let index = generations.indices.last {
            generations[index].newNames.formUnion(checkpoint.categories.filter { $0.model == id })
        }
    }

    private func settle(_ panes: [StoredPane], _ body: (inout PaneSet, [PaneKey]) -> Void) {
        for (number, own) in Dictionary(grouping: panes, by: \.generation) {
            guard let index = index(of: number) else { continue }
            body(&generations[index].panes, own.map(\.key))
        }
    }
}
