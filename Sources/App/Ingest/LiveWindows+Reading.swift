import Monitoring
import Statistics
import Store

/// Answers about windows.
extension LiveWindows {
    /// The greatest event time that was logged.
    var newestEvent: Time? { watermark.greatestEvent }

    /// Whether windows of a length are made of whole panes.
    func divides(_ length: PrometheusDuration) -> Bool {
        generations.last?.panes.grid.divides(length) ?? false
    }

    /// One window; nil where the length is no multiple of the pane or the end does not lie on a pane boundary.
    func reading(
        of window: Window, slice: Slice = .pooled, reference: String = "training", knownAtEnd: Bool = false,
        withHistory: Bool = false, needs: ReadingNeeds = .all, reader: RunningTotal.Reader = .now
    ) async throws -> WindowReading? {
        try await readings(
            of: window, slice: slice, references: [reference], knownAtEnd: knownAtEnd, withHistory: withHistory,
            needs: needs, reader: reader)?.first
    }

    /// One window against several references, in their order; its panes are merged once.
    ///
    /// `withHistory` adds what of the labels was known when, which other readers do not need. A `reader` that goes through the
    /// past has totals of its own.
    func readings(
        of window: Window, slice: Slice = .pooled, references: [String], knownAtEnd: Bool = false,
        withHistory: Bool = false, needs: ReadingNeeds = .all, reader: RunningTotal.Reader = .now
    ) async throws -> [WindowReading]? {
        guard let generation = generation(for: window) else { return nil }
        let columns = ColumnSelection(
            columns: nil, outcomes: knownAtEnd ? .known : withHistory ? .everything : .all,
            distinct: !knownAtEnd && needs.distinct, earlierWeeks: !knownAtEnd && needs.weeks)
        let merged = try await merged(
            window, slice: slice, generation: generation, columns: columns, knownAtEnd, reader)
        guard let merged else { return nil }
        var summary = merged.summary
        var totals = RollingTotals()
        var comparisons: [ReferenceComparison] = []
        for name in references {
            comparisons.append(
                try await comparison(
                    name, window, slice: slice, generation: generation, columns: columns, rankLaws: needs.rankLaws,
                    for: knownAtEnd ? nil : reader, totals: &totals))
        }
        var volume: WindowVolume?
        if needs.weeks {
            volume = try await volumes(of: generation, slice, window.length, endingFrom: window.end, to: window.end)
                .map { $0.volume(of: window) }
        }
        guard let index = index(of: generation) else { return nil }
        summary.laws = NullLawCache.shared
        summary.volume = volume
        summary.segments = slices.segments(beside: slice)
        summary.watermark = watermark.time
        generations[index].panes.evict()
        epoch &+= 1
        noteMemory()
        let state = WindowState(end: window.end, watermark: watermark, allowedLateness: schema.allowedLateness)
        let stamp = stamp(of: merged, comparisons, generation, state, volume, needs)
        await makeRoom()
        return comparisons.map {
            WindowReading(summary: summary.compared(with: $0), state: state, needs: needs, stamp: stamp)
        }
    }

    /// What names the state of a window and of the references that it is compared with; nil where one of them has other rows for
    /// every window, or where the window has no running total.
    private func stamp(
        of merged: RunningSummary, _ comparisons: [ReferenceComparison], _ number: Int32, _ state: WindowState,
        _ volume: WindowVolume?, _ needs: ReadingNeeds
    ) -> WindowStamp? {
        guard needs == .all, merged.steps > 0, let index = index(of: number) else { return nil }
        var keys: [ReferenceVersion.Key] = []
        for comparison in comparisons {
            guard let side = comparison.side, side.stretch == nil else { return nil }
            keys.append(ReferenceVersion.Key(name: side.name, version: Int32(truncatingIfNeeded: side.version)))
        }
        return WindowStamp(
            window: merged.summary.window, generation: number, total: merged.total, steps: merged.steps,
            references: keys, schema: schema, names: generations[index].panes.grids.names,
            volume: volume, watermark: watermark.time, state: state)
    }

    /// Calls the body for windows of one length at ascending ends.
    ///
    /// - Complexity: O(panes that come and go), whatever the length, also of a rolling reference.
    func slide(
        length: PrometheusDuration, ends: [Time], slice: Slice, reference: String, knownAtEnd: Bool,
        columns: ColumnSelection, _ body: (Time, WindowSummary) throws -> Void
    ) async throws {
        var total: (generation: Int32, accumulator: WindowAccumulator)?
        var totals = RollingTotals()
        var weeks: (generation: Int32, end: Time?, volumes: VolumeHistory?)?
        for chunk in stride(from: 0, to: ends.count, by: 256).map({ ends[$0..<min($0 + 256, ends.count)] }) {
            for end in chunk {
                let window = Window(end: end, length: length)
                guard let generation = generation(for: window), let index = index(of: generation) else { continue }
                let grid = generations[index].panes.grid
                if total?.generation != generation {
                    total = (generation, WindowAccumulator(length: length, grid: grid, columns: columns))
                }
                guard var accumulator = total?.accumulator else { continue }
                total = nil
                let ahead = end == chunk.first ? grid.starts(from: end, to: chunk.last ?? end) : []
                let moved = try await move(
                    &accumulator, to: end, generation, slice, wholeUntil: ends.last ?? end, ahead: ahead)
                guard moved else { continue }
                let comparison = try await comparison(
                    reference, window, slice: slice, generation: generation, columns: columns,
                    ahead: end == chunk.first ? chunk.last : nil, totals: &totals)
                if columns.earlierWeeks, weeks?.generation != generation || weeks?.end != chunk.last {
                    let volumes = try await volumes(
                        of: generation, slice, length, endingFrom: end, to: chunk.last ?? end)
                    weeks = (generation, chunk.last, volumes)
                }
                guard let index = self.index(of: generation) else { continue }
                var summary = accumulator.summary(
                    schema: schema, grids: generations[index].panes.grids, reference: comparison.side,
                    gap: comparison.gap, layout: generations[index].panes.layout)
                summary.laws = NullLawCache.shared
                summary.volume = weeks?.volumes?.volume(of: window)
                summary.segments = slices.segments(beside: slice)
                summary.watermark = watermark.time
                total = (generation, accumulator)
                try body(end, summary)
            }
            for index in generations.indices { generations[index].panes.evict() }
            epoch &+= 1
            noteMemory()
            await makeRoom()
        }
    }

    /// The merged panes of one window, of the whole slice from a total that is kept.
    private func merged(
        _ window: Window, slice: Slice, generation: Int32, columns: ColumnSelection, _ knownAtEnd: Bool,
        _ reader: RunningTotal.Reader
    ) async throws -> RunningSummary? {
        if slice == .pooled, !knownAtEnd {
            return try await runningSummary(
                of: window, generation: generation, reader, distinct: columns.distinct)
        }
        guard let grid = index(of: generation).map({ generations[$0].panes.grid }) else { return nil }
        var total = WindowAccumulator(length: window.length, grid: grid, columns: columns)
        guard try await move(&total, to: window.end, generation, slice, wholeUntil: window.end),
            let index = index(of: generation)
        else { return nil }
        let summary = total.summary(
            schema: schema, grids: generations[index].panes.grids, reference: nil,
            layout: generations[index].panes.layout)
        return RunningSummary(summary: summary, total: 0, steps: 0)
    }

    /// Moves a total to a window's end; `last` is the last one that it will be moved to.
    private func move(
        _ total: inout WindowAccumulator, to end: Time, _ generation: Int32, _ slice: Slice, wholeUntil last: Time,
        ahead: [Time] = []
    ) async throws -> Bool {
        let needed = total.stretchNeeded(for: end)
        let asked = DayQuestion(
            slice: slice, generation: generation, from: needed.from, to: needed.to, wholeFrom: last - total.length)
        let days = try await gather(asked) { days in
            (total.startsNeeded(for: end, besides: days) + ahead).map { PaneKey(slice: slice, start: $0) }
        }
        guard let days, let index = index(of: generation) else { return false }
        let panes = generations[index].panes
        total.advance(to: end, days: days) { start in panes.shared(PaneKey(slice: slice, start: start)) }
        return true
    }

    /// The generation that a window is read from: the newest that serves its end and has all its panes.
    func generation(for window: Window) -> Int32? {
        guard let found = counting(window), found.hasPanes(at: window.start), found.hasPanes(at: window.end) else {
            return nil
        }
        return found.stored.number
    }

    /// Whether a window is not kept only because it begins or ends within a day whose panes have gone.
    func isCut(_ window: Window) -> Bool {
        counting(window) != nil && generation(for: window) == nil
    }

    /// The newest generation that serves a window and counted all its rows in panes that fit.
    private func counting(_ window: Window) -> Generation? {
        let found = generations.last { generation in
            generation.serves(windowEndingAt: window.end)
                && (generation.stored.coversFrom.map { $0 <= window.start } ?? true)
        }
        guard let found, found.panes.grid.divides(window.length), found.panes.grid.start(of: window.end) == window.end
        else { return nil }
        return found
    }
}
