import Monitoring
import Statistics
import Testing

struct WindowAccumulatorTests {
    @Test(arguments: 0..<30, [true, false])
    func `a window that slides is the window built anew`(seed: UInt64, isKnownAtEnd: Bool) throws {
        let log = try RandomLog(seed: seed, rows: 120)
        let panes = log.folded(log.events, sizes: [13])
        let columns = ColumnSelection(columns: nil, outcomes: isKnownAtEnd ? .known : .all, distinct: seed % 3 > 0)
        var sliding = WindowAccumulator(length: .hours(4), grid: panes.grid, columns: columns)
        var random = SeededRandom(seed)
        var end = Time.epoch - .hours(2)
        for _ in 0..<14 {
            end = end + .hours(Int64.random(in: 0...6, using: &random) - (seed % 5 == 0 ? 1 : 0))
            sliding.slide(to: end) { panes[PaneKey(start: $0)] }
            var fresh = WindowAccumulator(length: .hours(4), grid: panes.grid, columns: columns)
            fresh.slide(to: end) { panes[PaneKey(start: $0)] }
            let left = sliding.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
            let right = fresh.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
            #expect(left.pane == right.pane)
            #expect(left.counts == right.counts)
            #expect(Self.values(left) == Self.values(right))
            // Half of the windows hold bytes in place of panes from here on.
            if seed % 2 == 0 { sliding.pack { _ in nil } }
        }
    }

    @Test(arguments: 0..<30, [nil, [.score, .feature("amount")], [.feature("country")]] as [Set<ColumnName>?])
    func `a window of panes that are held as bytes is the window of the panes`(
        seed: UInt64, selected: Set<ColumnName>?
    ) throws {
        let log = try RandomLog(seed: seed, rows: 120)
        let heavy = try #require(RowWeight(2.5))
        let panes = log.folded(log.events, sizes: [13]) { $0.score > 0.5 && seed % 5 == 0 ? heavy : .one }
        var (packed, mixed) = (panes, panes)
        packed.pack(withUnsaved: true)
        let changed = mixed.takeDirty()
        mixed.confirmSaved(changed.enumerated().filter { $0.offset % 3 > 0 }.map(\.element.key))
        mixed.pack()
        #expect(packed.packedCount > mixed.packedCount && mixed.packedCount > 0)
        let columns = ColumnSelection(
            columns: selected, outcomes: seed % 2 == 0 ? .all : .known, distinct: seed % 3 > 0)
        var windows = [WindowAccumulator](
            repeating: WindowAccumulator(length: .hours(12), grid: panes.grid, columns: columns), count: 3)
        for hours in [Int64(10), 15, 16, 40] {
            let end = Time.epoch + .hours(hours)
            for (place, set) in [panes, packed, mixed].enumerated() {
                windows[place].advance(to: end) { set.shared(PaneKey(start: $0)) }
            }
            let summaries = windows.map {
                $0.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
            }
            for other in summaries.dropFirst() {
                #expect(other.pane == summaries[0].pane)
                #expect(other.pane.newestEvent == summaries[0].pane.newestEvent)
                #expect(other.counts == summaries[0].counts)
                #expect(Self.values(other) == Self.values(summaries[0]))
            }
            for name in summaries[0].pane.numeric.keys {
                for other in summaries.dropFirst() {
                    #expect(other.pane.numeric[name]?.extremes == summaries[0].pane.numeric[name]?.extremes)
                    #expect(other.pane.numeric[name]?.distinct == summaries[0].pane.numeric[name]?.distinct)
                }
            }
        }
    }

    @Test(arguments: 0..<10)
    func `what was known at the end is what counted then`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        let panes = log.folded(log.events, sizes: [13])
        for hours in stride(from: Int64(1), through: 24, by: 3) {
            let end = Time.epoch + .hours(hours)
            let expected = Self.known(log, at: end, length: .hours(4))
            var window = WindowAccumulator(
                length: .hours(4), grid: panes.grid, columns: ColumnSelection(columns: [], outcomes: .known))
            window.slide(to: end) { panes[PaneKey(start: $0)] }
            let summary = window.summary(schema: log.schema, grids: panes.grids, reference: nil)
            #expect(summary.value(of: .labels) == Double(expected.labels))
            #expect(summary.value(of: .accuracy) == expected.accuracy)
            #expect(summary.value(of: .rocAUC) == nil)
        }
    }

    @Test func `a changed pane takes the place of the old one`() throws {
        let log = try RandomLog(seed: 9)
        let place = log.events.count / 2
        let early = log.folded(Array(log.events[..<place]), sizes: [5])
        let late = log.folded(log.events, sizes: [5])
        var window = WindowAccumulator(length: .hours(4), grid: late.grid)
        window.slide(to: .epoch + .hours(8)) { early[PaneKey(start: $0)] }
        for hours in Int64(0)..<20 {
            let start = Time.epoch + .hours(hours)
            if let pane = late[PaneKey(start: start)] { window.replace(pane, startingAt: start) }
        }
        var fresh = WindowAccumulator(length: .hours(4), grid: late.grid)
        fresh.slide(to: .epoch + .hours(8)) { late[PaneKey(start: $0)] }
        let sides = [window, fresh].map { $0.summary(schema: log.schema, grids: late.grids, reference: nil).pane }
        #expect(sides[0] == sides[1])
        window.slide(to: .epoch + .hours(11)) { late[PaneKey(start: $0)] }
        fresh.slide(to: .epoch + .hours(11)) { late[PaneKey(start: $0)] }
        let later = [window, fresh].map { $0.summary(schema: log.schema, grids: late.grids, reference: nil).pane }
        #expect(later[0] == later[1])
    }

    @Test func `only the panes that are new are asked for`() {
        var window = WindowAccumulator(length: .hours(4), grid: PaneGrid(width: .hours(1)))
        #expect(window.startsNeeded(for: .epoch + .hours(4)).count == 4)
        window.slide(to: .epoch + .hours(4)) { _ in nil }
        #expect(window.startsNeeded(for: .epoch + .hours(5)) == [.epoch + .hours(4)])
        #expect(window.startsNeeded(for: .epoch + .hours(40)).count == 4)
    }

    private static func values(_ summary: WindowSummary) -> [Double?] {
        let columns: [ColumnName] = [.feature("amount"), .feature("country"), .score, .prediction]
        return Measure.allCases.flatMap { measure in
            measure.scope.isPerFeature
                ? columns.map { summary.value(of: measure, column: $0) } : [summary.value(of: measure)]
        }
    }

    /// The labels that counted at a time, by looking at every row.
    private static func known(_ log: RandomLog, at end: Time, length: PrometheusDuration) -> (
        labels: Int, accuracy: Double?
    ) {
        var labels: [ByteText: IdentityRecord.Label] = [:]
        for event in log.events {
            guard case .label(let id, let label) = event, label.time <= end else { continue }
            if labels[id].map({ $0 < label }) ?? true { labels[id] = label }
        }
        var (count, judged, hits) = (0, 0, 0)
        for event in log.events {
            guard case .prediction(let row) = event, row.time >= end - length, row.time < end else { continue }
            guard let actual = labels[row.id]?.actual.category else { continue }
            count += 1
            let byScore: ByteText? = row.score.isNaN ? nil : (row.score >= 0.5 ? "1" : "0")
            guard let predicted = row.prediction ?? byScore else { continue }
            judged += 1
            hits += predicted == actual ? 1 : 0
        }
        return (count, judged > 0 ? Double(hits) / Double(judged) : nil)
    }
}
