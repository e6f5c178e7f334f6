import Statistics

/// The running total of a window that slides over panes: the newest is added, the oldest taken away.
///
/// What a step costs depends on the panes that come and go, not on the length of the window.
package struct WindowAccumulator: Sendable {
    /// How much event time the window holds; a multiple of the pane width.
    package let length: PrometheusDuration

    let grid: PaneGrid
    let columns: ColumnSelection
    var panes = PaneQueue()
    fileprivate(set) var total = Pane()
    private(set) var extremes: [ColumnName: SlidingUnion<Extremes>] = [:]
    private(set) var distinct: [ColumnName: SlidingUnion<DistinctSketch>] = [:]
    private(set) var contents = SlidingUnion(empty: DistinctSketch(.rows))
    private var known = OutcomeCounts()
    /// Where the window ends; nil before it was moved anywhere.
    package private(set) var end: Time?
    /// How often its content was changed.
    package private(set) var steps: UInt64 = 0

    /// From so many new panes on, spreading the counts out pays.
    private static let many = 4

    /// An empty window over the panes of a grid, of which only some parts are added up.
    package init(length: PrometheusDuration, grid: PaneGrid, columns: ColumnSelection = .all) {
        precondition(grid.divides(length), "a window is made of whole panes")
        self.length = length
        self.grid = grid
        self.columns = columns
    }

    /// The stretch of event time that moving the window's end there adds.
    package func stretchNeeded(for newEnd: Time) -> (from: Time, to: Time) {
        let start = newEnd - length
        guard let end, isKept(movingTo: newEnd) else { return (start, newEnd) }
        return (max(start, end), newEnd)
    }

    /// The panes that moving the window's end there will ask for, oldest first, besides day panes by their start.
    package func startsNeeded(for newEnd: Time, besides days: [Time: Pane] = [:]) -> [Time] {
        let (from, to) = stretchNeeded(for: newEnd)
        let starts = grid.starts(from: from, to: to)
        guard !days.isEmpty, let dayGrid = grid.days else { return starts }
        return starts.filter { days[dayGrid.start(of: $0)] == nil }
    }

    /// Whether the total can be moved on: not back, and not into the middle of a day pane.
    private func isKept(movingTo newEnd: Time) -> Bool {
        guard let end, end <= newEnd else { return false }
        let start = newEnd - length
        return !panes.entries.prefix { $0.start < start }.contains { $0.end > start }
    }

    /// How many panes and day panes it is made of.
    package var partCount: Int { panes.entries.count }

    /// Whether the pane that starts then is part of a day pane, and cannot be replaced by itself.
    package func isInDayPane(_ start: Time) -> Bool {
        panes.isLonger(than: grid.width, at: start)
    }

    /// Moves the window's end; `pane` gives the pane that starts at a time, nil where there is none.
    ///
    /// `days` are day panes by their start that lie wholly in the stretch that is needed, in the place of their panes. Moving back,
    /// or so far that the window begins within a day pane, starts anew.
    /// - Complexity: O(panes that come and go).
    package mutating func slide(to newEnd: Time, days: [Time: Pane] = [:], pane: (Time) -> Pane?) {
        advance(to: newEnd, days: days) { start in pane(start).map { HeldPane($0) } }
    }

    /// Moves the window's end; `shared` gives the pane that starts at a time as somebody holds it.
    package mutating func advance(to newEnd: Time, days: [Time: Pane] = [:], shared: (Time) -> HeldPane?) {
        guard newEnd != end else { return }
        let needed = stretchNeeded(for: newEnd)
        if end != nil, !isKept(movingTo: newEnd) {
            let before = steps
            self = Self(length: length, grid: grid, columns: columns)
            steps = before
        }
        steps += 1
        while let oldest = panes.first, oldest.start < newEnd - length {
            drop(oldest.pane.content)
            panes.removeFirst()
        }
        var fresh: [HeldPane] = []
        var start = grid.start(of: needed.from)
        while start < needed.to {
            let day = days[start].map { HeldPane($0) }
            let next = start + (day == nil ? grid.width : grid.days?.width ?? grid.width)
            if let pane = (day ?? shared(start))?.withRest {
                fresh.append(pane)
                panes.append(pane, from: start, to: next)
            }
            if next <= start { break }
            start = next
        }
        add(fresh)
        settle(newEnd)
    }

    /// Puts the changed pane in the place of the one that starts at the same time, if that lies in the window.
    ///
    /// - Complexity: O(1) columns where rows only joined the newest panes, else O(panes of the window).
    package mutating func replace(_ pane: Pane, startingAt start: Time) {
        guard let end, start >= end - length, start < end else { return }
        precondition(!isInDayPane(start), "a pane within a day pane is not replaced by itself")
        steps += 1
        let old = panes.index(startingAt: start).map { panes.entries[$0].pane.content }
        if let old { total.subtract(old, columns: columns) }
        total.merge(pane, columns: columns)
        panes.put(HeldPane(pane), from: start, to: start + grid.width)
        if !widen(from: old, to: pane, startingAt: start) {
            extremes = [:]
            distinct = [:]
            contents = SlidingUnion(empty: DistinctSketch(.rows))
            for entry in panes.entries { push(entry.pane.content) }
            total.newestEvent = panes.entries.compactMap(\.pane.newestEvent).max()
        }
        known = total.outcomes.counts(knownAt: end)
        settle(end)
    }

    /// The window as it stands; the end must have been set.
    package func summary(
        schema: ModelSchema, grids: ColumnGrids, reference: ReferenceSide?, gap: ReferenceGap? = nil,
        layout: ColumnLayout? = nil
    ) -> WindowSummary {
        guard let end else { preconditionFailure("a window has an end before it is read") }
        return WindowSummary(
            window: Window(end: end, length: length), pane: total, schema: schema, grids: grids, reference: reference,
            gap: gap, knownAtEnd: columns.outcomes == .known, known: known, layout: layout)
    }

    /// Keeps the counts of the total in their smallest form. O(cells).
    mutating func makeTotalSmall() { total.makeSmall() }

    /// Its merged panes, as one side of a comparison.
    package var merged: Pane { total }

    /// Adds panes; where they are many, counts are spread out until all are in.
    private mutating func add(_ fresh: [HeldPane]) {
        guard fresh.count >= Self.many else {
            for held in fresh {
                let pane = held.content
                total.merge(pane, columns: columns)
                push(pane)
                note(pane)
            }
            return
        }
        var growing = GrowingColumns(
            columns, sums: total.numeric.take(), extremes: extremes.take(), distinct: distinct.take())
        growing.add(fresh) { pane in
            total.mergeRows(pane, columns: columns)
            if columns.distinct { contents.push(pane.contents) }
            note(pane)
        }
        (total.numeric, extremes, distinct) = growing.end()
    }

    /// Adds what of a pane's labels was known at the window's end.
    private mutating func note(_ pane: Pane) {
        if columns.outcomes == .known, let end { known.merge(pane.outcomes.counts(knownAt: end)) }
    }

    private mutating func drop(_ pane: Pane) {
        total.subtract(pane, columns: columns)
        for name in pane.numeric.keys where columns.contains(name) {
            extremes[name]?.popFirst()
            distinct[name]?.popFirst()
        }
        if columns.distinct { contents.popFirst() }
        if columns.outcomes == .known, let end { known.subtract(pane.outcomes.counts(knownAt: end)) }
    }

    /// Takes in what cannot be subtracted again.
    private mutating func push(_ pane: Pane) {
        for place in pane.numeric.indices where columns.contains(pane.numeric.keys[place]) {
            let name = pane.numeric.keys[place]
            extremes[name, default: SlidingUnion(empty: Extremes())].push(pane.numeric.values[place].extremes)
            guard columns.distinct else { continue }
            distinct[name, default: SlidingUnion(empty: DistinctSketch(.column))]
                .push(pane.numeric.values[place].distinct)
        }
        if columns.distinct { contents.push(pane.contents) }
    }

    /// Takes what joined a pane into what cannot be subtracted; false where not all of the old pane is in the new one, or where
    /// columns came or are not in every pane. What labels change is not here.
    private mutating func widen(from old: Pane?, to new: Pane, startingAt start: Time) -> Bool {
        guard let old, old.predictions > 0, let place = panes.index(startingAt: start) else { return false }
        let (offset, count) = (place - panes.entries.startIndex, panes.entries.count)
        let names = new.numeric.keys.filter(columns.contains)
        guard names.allSatisfy({ extremes[$0]?.count == count }), extremes.count == names.count,
            names.allSatisfy({ name in
                guard let before = old.numeric[name], let after = new.numeric[name] else { return false }
                return after.extremes.holds(before.extremes)
                    && (!columns.distinct || after.distinct.holds(before.distinct))
            }), !columns.distinct || new.contents.holds(old.contents)
        else { return false }
        for name in names {
            guard let after = new.numeric[name] else { continue }
            extremes[name]?.widen(at: offset, by: after.extremes)
            if columns.distinct { distinct[name]?.widen(at: offset, by: after.distinct) }
        }
        if columns.distinct { contents.widen(at: offset, by: new.contents) }
        return true
    }

    /// Sets what follows from the window as a whole.
    private mutating func settle(_ newEnd: Time) {
        for place in total.numeric.indices {
            let name = total.numeric.keys[place]
            if let sliding = extremes[name] { total.numeric.values[place].extremes = sliding.current }
            if let sliding = distinct[name] { total.numeric.values[place].distinct = sliding.current }
        }
        if columns.distinct { total.contents = contents.current }
        advanceKnowledge(to: newEnd)
        end = newEnd
        restoreExactScores()
        restoreClassScores()
    }

    /// Adds what became known between the last end and this one.
    private mutating func advanceKnowledge(to newEnd: Time) {
        guard columns.outcomes == .known else { return }
        guard let end else {
            known = total.outcomes.counts(knownAt: newEnd)
            return
        }
        let steps = (newEnd - end).microseconds / grid.width.microseconds
        if steps < total.outcomes.known.count {
            for boundary in grid.starts(from: end + grid.width, to: newEnd + grid.width) {
                if let part = total.outcomes.known[boundary] { known.merge(part) }
            }
        } else {
            for (boundary, part) in total.outcomes.known where boundary > end && boundary <= newEnd {
                known.merge(part)
            }
        }
    }

    /// Scores stay in cells once they were too many; where they may be few again they are added up anew.
    private mutating func restoreExactScores() {
        let pairs = total.outcomes.pairs
        guard pairs.positives + pairs.negatives <= 8 * ScorePairs.exactLimit else { return }
        total.weights.restoreExactScores(from: panes.entries.lazy.map(\.pane.weights))
        guard !pairs.isExact else { return }
        guard panes.entries.allSatisfy({ $0.pane.outcomes.pairs.isExact }) else { return }
        var fresh = ScorePairs()
        for entry in panes.entries { fresh.merge(entry.pane.outcomes.pairs) }
        total.outcomes.pairs = fresh
    }
}

extension WindowAccumulator {
    /// Classes stay uncounted once they were too many; where they may be few again they are added up anew.
    ///
    /// - Complexity: O(1) while there are few; else O(panes until there are too many).
    fileprivate mutating func restoreClassScores() {
        for part in [\Pane.classScores, \Pane.outcomes.classScores, \Pane.outcomes.predictedScores] {
            if total[keyPath: part].isWide,
                let fresh = ClassScores(merging: panes.entries.lazy.map { $0.pane.content[keyPath: part] })
            {
                total[keyPath: part] = fresh
            }
            total.weights.restoreClassScores(part, from: panes.entries.lazy.map { $0.pane.weights })
        }
    }
}

extension OverlappingSummary where Self: Equatable {
    /// Whether everything that another summary saw is in this one.
    fileprivate func holds(_ other: Self) -> Bool {
        var both = self
        both.merge(other)
        return both == self
    }
}

extension Dictionary {
    /// What is in it, which is empty then.
    fileprivate mutating func take() -> Self {
        defer { self = [:] }
        return self
    }
}

extension ColumnTable {
    /// What is in it, which is empty then.
    fileprivate mutating func take() -> Self {
        defer { self = Self() }
        return self
    }
}
