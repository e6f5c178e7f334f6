import Statistics

/// The running total of a window that slides over panes: the newest is added, the oldest taken away.
///
/// What a step costs depends on the panes that come and go, not on the length of the window.
package struct WindowAccumulator: Sendable {
    /// How much event time the window holds; a multiple of the pane width.
    package let length: PrometheusDuration

    private let grid: PaneGrid
    private let columns: ColumnSelection
    private var panes = PaneQueue()
    private var total = Pane()
    private var extremes: [ColumnName: SlidingUnion<Extremes>] = [:]
    private var distinct: [ColumnName: SlidingUnion<DistinctSketch>] = [:]
    private var contents = SlidingUnion(empty: DistinctSketch(.rows))
    private var known = OutcomeCounts()
    /// Where the window ends; nil before it was moved anywhere.
    package private(set) var end: Time?

    /// An empty window over the panes of a grid, of which only some parts are added up.
    package init(length: PrometheusDuration, grid: PaneGrid, columns: ColumnSelection = .all) {
        precondition(grid.divides(length), "a window is made of whole panes")
        self.length = length
        self.grid = grid
        self.columns = columns
    }

    /// The panes that moving the window's end there will ask for, oldest first.
    package func startsNeeded(for newEnd: Time) -> [Time] {
        let start = newEnd - length
        guard let end, end <= newEnd else { return grid.starts(from: start, to: newEnd) }
        return grid.starts(from: max(start, end), to: newEnd)
    }

    /// Moves the window's end; `pane` gives the pane that starts at a time, nil where there is none.
    ///
    /// Moving back starts anew.
    /// - Complexity: O(panes that come and go).
    package mutating func slide(to newEnd: Time, pane: (Time) -> Pane?) {
        if let end, newEnd < end { self = Self(length: length, grid: grid, columns: columns) }
        let starts = startsNeeded(for: newEnd)
        while let oldest = panes.first, oldest.start < newEnd - length {
            drop(oldest.pane)
            panes.removeFirst()
        }
        for start in starts {
            guard let pane = pane(start) else { continue }
            add(pane)
            panes.append(start, pane)
        }
        settle(newEnd)
    }

    /// Puts the changed pane in the place of the one that starts at the same time, if that lies in the window.
    ///
    /// - Complexity: O(panes of the window).
    package mutating func replace(_ pane: Pane, startingAt start: Time) {
        guard let end, start >= end - length, start < end else { return }
        if let old = panes[start] { total.subtract(old, columns: columns) }
        total.merge(pane, columns: columns)
        panes.put(pane, at: start)
        extremes = [:]
        distinct = [:]
        contents = SlidingUnion(empty: DistinctSketch(.rows))
        for entry in panes.entries { push(entry.pane) }
        total.newestEvent = panes.entries.compactMap(\.pane.newestEvent).max()
        known = total.outcomes.counts(knownAt: end)
        settle(end)
    }

    /// The window as it stands; the end must have been set.
    package func summary(
        schema: ModelSchema, grids: ColumnGrids, reference: ReferenceSide?, gap: ReferenceGap? = nil
    ) -> WindowSummary {
        guard let end else { preconditionFailure("a window has an end before it is read") }
        return WindowSummary(
            window: Window(end: end, length: length), pane: total, schema: schema, grids: grids, reference: reference,
            gap: gap, knownAtEnd: columns.outcomes == .known, known: known)
    }

    /// Its merged panes, as one side of a comparison.
    package var merged: Pane { total }

    private mutating func add(_ pane: Pane) {
        total.merge(pane, columns: columns)
        push(pane)
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
        for (name, summary) in pane.numeric where columns.contains(name) {
            extremes[name, default: SlidingUnion(empty: Extremes())].push(summary.extremes)
            guard columns.distinct else { continue }
            distinct[name, default: SlidingUnion(empty: DistinctSketch(.column))].push(summary.distinct)
        }
        if columns.distinct { contents.push(pane.contents) }
    }

    /// Sets what follows from the window as a whole.
    private mutating func settle(_ newEnd: Time) {
        for (name, sliding) in extremes where total.numeric[name] != nil {
            total.numeric[name]?.extremes = sliding.current
        }
        for (name, sliding) in distinct where total.numeric[name] != nil {
            total.numeric[name]?.distinct = sliding.current
        }
        if columns.distinct { total.contents = contents.current }
        advanceKnowledge(to: newEnd)
        end = newEnd
        restoreExactScores()
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
