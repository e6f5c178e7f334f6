import Monitoring
import Statistics
import Store

/// Totals of windows that are asked for again and again, so that a read of the newest one merges no panes.
extension LiveWindows {
    /// The total of a window of the whole slice, or of the stretch that a rolling reference compares it with, moved on from
    /// read to read.
    struct RunningTotal {
        /// Who reads windows one after another: everybody who looks at the newest, or one who goes through the past.
        enum Reader: Hashable, Sendable {
            case now
            case past(Int)
        }

        /// No other total of the process's lifetime has it.
        let id: UInt64
        let reader: Reader
        let generation: Int32
        /// The rolling reference whose stretch it is; nil for a window itself.
        let reference: ReferenceVersion.Key?
        /// Whether it holds which distinct values there were, which takes most of the memory.
        let distinct: Bool
        var accumulator: WindowAccumulator
        /// About how many bytes it takes in memory.
        var footprint = 0
        /// The panes that changed since they were added.
        var stale: Set<Time> = []
        /// How many checkpoints went by since it was read.
        var age = 0
    }

    /// A window with what names the state of its total.
    struct RunningSummary {
        let summary: WindowSummary
        let total: UInt64
        let steps: UInt64
    }

    /// All that any reader of a window asks for.
    private static func everything(distinct: Bool) -> ColumnSelection {
        ColumnSelection(columns: nil, outcomes: .everything, distinct: distinct, earlierWeeks: true)
    }
    /// How many totals a model keeps.
    private static let mostTotals = 8
    /// The most panes of a window whose total is kept; it holds on to them.
    private static let mostPanes = 1024
    /// With more changed panes than this a total is added up anew, which is cheaper.
    private static let mostStale = 8
    /// After so many checkpoints without a read a total is given up: later where it holds no distinct values, as those of rules,
    /// which may be hours apart.
    private static func mostAge(distinct: Bool) -> Int { distinct ? 300 : 20_000 }

    /// A window of the whole slice, or the stretch of a rolling reference; nil where its generation is gone.
    ///
    /// - Complexity: O(panes that came, went or changed since the last read of that length).
    func runningSummary(
        of window: Window, generation: Int32, _ reader: RunningTotal.Reader, for reference: ReferenceVersion.Key? = nil,
        distinct: Bool
    ) async throws -> RunningSummary? {
        let asked = Asked(
            window: window, generation: generation, reader: reader, reference: reference, distinct: distinct)
        while let index = index(of: generation) {
            noteStalePanes()
            let grid = generations[index].panes.grid
            let stretch = stretchNeeded(asked)
            let question = DayQuestion(
                slice: .pooled, generation: generation, from: stretch.from, to: stretch.to,
                wholeFrom: wholeFrom(asked))
            guard let days = try await gather(question, needed: { keysNeeded(asked, grid, $0) }) else { return nil }
            // From here on nothing waits, so that what was loaded and what is stale stay as they are.
            noteStalePanes()
            guard let index = self.index(of: generation) else { return nil }
            guard stretchNeeded(asked) == stretch,
                generations[index].panes.unread(keysNeeded(asked, grid, days)).isEmpty
            else { continue }
            return summary(of: asked, generations[index], days)
        }
        return nil
    }

    /// Gives up totals that nobody reads.
    func ageRunningTotals() {
        for place in runningTotals.indices { runningTotals[place].age += 1 }
        runningTotals.removeAll { $0.age > Self.mostAge(distinct: $0.distinct) || index(of: $0.generation) == nil }
        if runningTotals.isEmpty { documents = [] }
    }

    /// Gives up the totals of one who has gone through the past.
    func forgetTotals(of reader: RunningTotal.Reader) {
        runningTotals.removeAll { $0.reader == reader }
    }

    /// What is asked for of whom.
    private struct Asked {
        let window: Window
        let generation: Int32
        let reader: RunningTotal.Reader
        let reference: ReferenceVersion.Key?
        let distinct: Bool

        /// Whether a total was kept for the like.
        func fits(_ total: RunningTotal) -> Bool {
            total.reader == reader && total.generation == generation && total.reference == reference
                && total.accumulator.length == window.length && total.distinct == distinct
        }
    }

    /// The kept total from which a window can be reached.
    private func place(for asked: Asked) -> Int? {
        runningTotals.firstIndex { total in
            asked.fits(total) && total.stale.count <= Self.mostStale
                && (total.accumulator.end.map { $0 <= asked.window.end } ?? true)
        }
    }

    /// What is to be added to a kept total, or to a new one.
    private func stretchNeeded(_ asked: Asked) -> (from: Time, to: Time) {
        guard let place = place(for: asked) else { return (asked.window.start, asked.window.end) }
        return runningTotals[place].accumulator.stretchNeeded(for: asked.window.end)
    }

    /// From when on days need not be taken apart soon: a window that will be moved on leaves its first day pane by pane.
    private func wholeFrom(_ asked: Asked) -> Time {
        let isOld = watermark.time.map { asked.window.end + .days(1) <= $0 } ?? false
        return isOld && asked.reader == .now ? asked.window.start : asked.window.start + .days(1)
    }

    private func keysNeeded(_ asked: Asked, _ grid: PaneGrid, _ days: [Time: Pane]) -> [PaneKey] {
        let window = asked.window
        guard let place = place(for: asked) else {
            let fresh = WindowAccumulator(
                length: window.length, grid: grid, columns: Self.everything(distinct: asked.distinct))
            return fresh.startsNeeded(for: window.end, besides: days).map { PaneKey(start: $0) }
        }
        let stale = runningTotals[place].stale.filter { $0 >= window.start && $0 < window.end }
        let starts = runningTotals[place].accumulator.startsNeeded(for: window.end, besides: days)
        return (starts + stale).map { PaneKey(start: $0) }
    }

    /// Moves a total to the window's end and puts changed panes in the place of what they were; all are in memory.
    private func summary(of asked: Asked, _ generation: Generation, _ days: [Time: Pane]) -> RunningSummary {
        let (window, panes) = (asked.window, generation.panes)
        // Taken out, so that nothing is copied when it changes.
        var total =
            place(for: asked).map { runningTotals.remove(at: $0) }
            ?? RunningTotal(
                id: nextTotal, reader: asked.reader, generation: asked.generation, reference: asked.reference,
                distinct: asked.distinct,
                accumulator: WindowAccumulator(
                    length: window.length, grid: panes.grid, columns: Self.everything(distinct: asked.distinct)))
        nextTotal += 1
        let before = total.accumulator.end
        total.accumulator.advance(to: window.end, days: days) { panes.shared(PaneKey(start: $0)) }
        for start in total.stale {
            guard let before, start < before, let pane = panes[PaneKey(start: start)] else { continue }
            total.accumulator.replace(pane, startingAt: start)
        }
        total.stale = []
        total.age = 0
        let summary = total.accumulator.summary(
            schema: schema, grids: panes.grids, reference: nil, layout: panes.layout)
        // A look at the past does not push out the total of the newest window.
        let isPast = runningTotals.contains(where: asked.fits)
        if !isPast, total.accumulator.partCount <= Self.mostPanes {
            total.footprint = total.accumulator.footprint
            runningTotals.insert(total, at: 0)
            let own = runningTotals.indices.filter { runningTotals[$0].reader == asked.reader }
            if own.count > Self.mostTotals, let last = own.last { runningTotals.remove(at: last) }
        }
        return RunningSummary(summary: summary, total: total.id, steps: total.accumulator.steps)
    }

    /// Takes note of panes that changed since the last time.
    func noteStalePanes() {
        for index in generations.indices {
            let number = generations[index].stored.number
            guard let changed = generations[index].panes.takeChanges() else {
                runningTotals.removeAll { $0.generation == number }
                continue
            }
            for place in runningTotals.indices where runningTotals[place].generation == number {
                runningTotals[place].stale.formUnion(changed)
            }
        }
        runningTotals.removeAll { total in
            total.stale.count > Self.mostStale || total.stale.contains(where: total.accumulator.isInDayPane)
        }
    }
}
