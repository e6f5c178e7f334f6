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
        of window: Window, slice: Slice = .pooled, reference: String = "training", knownAtEnd: Bool = false
    ) async throws -> WindowReading? {
        guard let generation = generation(for: window) else { return nil }
        let columns = knownAtEnd ? ColumnSelection(columns: nil, outcomes: .known) : ColumnSelection.all
        guard let grid = index(of: generation).map({ generations[$0].panes.grid }) else { return nil }
        var total = WindowAccumulator(length: window.length, grid: grid, columns: columns)
        try await load(grid.starts(of: window).map { PaneKey(slice: slice, start: $0) }, of: generation)
        guard let summary = slide(&total, to: window.end, generation, slice, reference) else { return nil }
        if let index = index(of: generation) { generations[index].panes.evict() }
        epoch &+= 1
        return WindowReading(
            summary: summary,
            state: WindowState(end: window.end, watermark: watermark, allowedLateness: schema.allowedLateness))
    }

    /// Calls the body for windows of one length at ascending ends.
    ///
    /// - Complexity: O(panes that come and go), whatever the length.
    func slide(
        length: PrometheusDuration, ends: [Time], slice: Slice, reference: String, knownAtEnd: Bool,
        columns: ColumnSelection, _ body: (Time, WindowSummary) throws -> Void
    ) async throws {
        var total: (generation: Int32, accumulator: WindowAccumulator)?
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
                let ahead = end == chunk.first ? grid.starts(from: window.start, to: chunk.last ?? end) : []
                let needed = accumulator.startsNeeded(for: end)
                try await load((ahead + needed).map { PaneKey(slice: slice, start: $0) }, of: generation)
                if let summary = slide(&accumulator, to: end, generation, slice, reference) { try body(end, summary) }
                total = (generation, accumulator)
            }
            for index in generations.indices { generations[index].panes.evict() }
            epoch &+= 1
        }
    }

    /// Moves a running total to a window's end; its panes must be in memory.
    private func slide(
        _ total: inout WindowAccumulator, to end: Time, _ generation: Int32, _ slice: Slice, _ reference: String
    ) -> WindowSummary? {
        guard let index = index(of: generation) else { return nil }
        total.slide(to: end) { start in generations[index].panes[PaneKey(slice: slice, start: start)] }
        return total.summary(
            schema: schema, grids: generations[index].panes.grids,
            reference: side(of: reference, slice: slice, generations[index]))
    }

    /// The generation that a window is read from: the newest that serves its end and has all its panes.
    private func generation(for window: Window) -> Int32? {
        let found = generations.last { generation in
            generation.serves(windowEndingAt: window.end)
                && (generation.stored.coversFrom.map { $0 <= window.start } ?? true)
        }
        guard let found, found.panes.grid.divides(window.length), found.panes.grid.start(of: window.end) == window.end
        else { return nil }
        return found.stored.number
    }

    private func side(of name: String, slice: Slice, _ generation: Generation) -> ReferenceSide? {
        if name == Self.training { return generation.reference?.side(for: slice) }
        let newest = references.filter { $0.name == name }.max { $0.version < $1.version }
        return newest?.summary.side(for: slice)
    }

    /// Whether a reference of that name exists; `training` always may.
    func hasReference(_ name: String) -> Bool {
        name == Self.training || references.contains { $0.name == name }
    }
}
