import Monitoring
import Statistics
import Testing

struct DayPaneTests {
    /// The panes of a day and a half around the log, which lies in the first day.
    private static func day(_ panes: PaneSet) -> Pane {
        var day = Pane()
        for hour in Int64(0)..<24 {
            if let pane = panes[PaneKey(start: .epoch + .hours(hour))] { day.merge(pane) }
        }
        return day
    }

    private static func values(_ summary: WindowSummary) -> [Double?] {
        let columns: [ColumnName] = [.feature("amount"), .feature("country"), .score, .prediction]
        return Measure.allCases.flatMap { measure in
            measure.scope.isPerFeature
                ? columns.map { summary.value(of: measure, column: $0) } : [summary.value(of: measure)]
        }
    }

    @Test(arguments: 0..<20, [true, false])
    func `a window of day panes is the window of their panes, bit for bit`(seed: UInt64, isKnownAtEnd: Bool) throws {
        let log = try RandomLog(seed: seed, rows: 120)
        let panes = log.folded(log.events, sizes: [13])
        // A pane that was written and read again is the same.
        let day = try Pane(decoding: Self.day(panes).encoded())
        let columns = ColumnSelection(columns: nil, outcomes: isKnownAtEnd ? .known : .everything, distinct: true)
        var rolled = WindowAccumulator(length: .hours(54), grid: panes.grid, columns: columns)
        var plain = rolled
        // The last step begins within the day and must be made of its panes again.
        for hours in [Int64(30), 36, 54, 60] {
            let end = Time.epoch + .hours(hours)
            let days = rolled.stretchNeeded(for: end).from <= .epoch ? [Time.epoch: day] : [:]
            rolled.slide(to: end, days: days) { panes[PaneKey(start: $0)] }
            plain.slide(to: end) { panes[PaneKey(start: $0)] }
            let sides = [rolled, plain].map {
                $0.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
            }
            #expect(sides[0].pane == sides[1].pane)
            #expect(sides[0].pane.encoded() == sides[1].pane.encoded())
            #expect(sides[0].counts == sides[1].counts)
            #expect(Self.values(sides[0]) == Self.values(sides[1]))
        }
    }

    @Test(arguments: [false, true])
    func `a day of more scores than are kept exactly is what its panes are together`(isKnownAtEnd: Bool) throws {
        let log = try RandomLog(seed: 1, rows: 1)
        let rows = ScorePairs.exactLimit + 600
        var events: [RandomLog.Event] = []
        for number in 0..<rows {
            let id = ByteText("s\(number)")
            events.append(
                .prediction(
                    RandomLog.Row(
                        id: id, version: "", time: .epoch + PrometheusDuration(microseconds: Int64(number) * 9_000_000),
                        amount: 0.5, country: "DE", device: nil, score: Double(number) / Double(rows), prediction: "1",
                        hasExtras: false, hasTypeError: false)))
            // Every fifth label is another one later.
            for (hours, actual) in [(30, number % 3), (40, number % 5)] where hours == 30 || number % 5 == 0 {
                let label = IdentityRecord.Label(
                    time: .epoch + .hours(Int64(hours)), actual: .category(actual == 0 ? "0" : "1"))
                events.append(.label(id, label))
            }
        }
        let panes = log.folded(events, sizes: [500])
        let day = try Pane(decoding: Self.day(panes).encoded())
        let columns = ColumnSelection(columns: nil, outcomes: isKnownAtEnd ? .known : .everything, distinct: true)
        for hours in [Int64(24), 36, 54] {
            var rolled = WindowAccumulator(length: .hours(54), grid: panes.grid, columns: columns)
            var plain = rolled
            let end = Time.epoch + .hours(hours)
            rolled.slide(to: end, days: [.epoch: day]) { panes[PaneKey(start: $0)] }
            plain.slide(to: end) { panes[PaneKey(start: $0)] }
            let sides = [rolled, plain].map {
                $0.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
            }
            #expect(sides[0].pane.encoded() == sides[1].pane.encoded())
            #expect(Self.values(sides[0]) == Self.values(sides[1]))
        }
    }

    @Test func `a day pane stands for its panes, which are not asked for`() throws {
        let log = try RandomLog(seed: 3)
        let panes = log.folded(log.events, sizes: [7])
        let day = Self.day(panes)
        var window = WindowAccumulator(length: .hours(48), grid: panes.grid)
        let end = Time.epoch + .hours(36)
        let starts = window.startsNeeded(for: end, besides: [.epoch: day])
        #expect(starts.count == 24)
        #expect(starts.allSatisfy { $0 < .epoch || $0 >= .epoch + .hours(24) })
        window.slide(to: end, days: [.epoch: day]) { start in
            #expect(starts.contains(start))
            return nil
        }
        #expect(window.partCount == 1)
        #expect(window.isInDayPane(.epoch + .hours(5)))
        #expect(!window.isInDayPane(.epoch + .hours(24)))
        // Going past the start of the day, it is put together anew.
        #expect(window.stretchNeeded(for: .epoch + .hours(48)).from == .epoch + .hours(36))
        #expect(window.stretchNeeded(for: .epoch + .hours(49)).from == .epoch + .hours(1))
        // Leaving the whole day behind, it goes on.
        #expect(window.stretchNeeded(for: .epoch + .hours(72)).from == .epoch + .hours(36))
    }

    @Test(arguments: [
        (PrometheusDuration.hours(1), true), (.minutes(1), true), (.hours(6), true), (.hours(7), false),
        (.hours(12), false), (.days(1), false), (.days(7), false),
    ])
    func `days are added up where they are made of several whole panes`(width: PrometheusDuration, hasDays: Bool) {
        let grid = PaneGrid(width: width)
        #expect((grid.days != nil) == hasDays)
        let whole = grid.wholeDays(from: .epoch + .hours(1), to: .epoch + .hours(80))
        #expect(whole == (hasDays ? [.epoch + .days(1), .epoch + .days(2)] : []))
    }

    @Test func `what changes on a day is told since a moment`() throws {
        let log = try RandomLog(seed: 5)
        var panes = log.folded(Array(log.events.prefix(20)), sizes: [7])
        let (today, tomorrow) = (PaneKey(start: .epoch), PaneKey(start: .epoch + .days(1)))
        #expect(!panes.unsaved(day: today).isEmpty)
        #expect(panes.unsaved(day: tomorrow).isEmpty)
        panes.confirmSaved(panes.takeDirty().map(\.key))
        #expect(panes.unsaved(day: today).isEmpty)
        let mark = panes.edits.mark
        #expect(!panes.edits.isEdited(today, since: mark))
        panes.noteOthers([PaneKey(start: .epoch + .hours(30))])
        #expect(!panes.edits.isEdited(today, since: mark))
        #expect(panes.edits.isEdited(tomorrow, since: mark))
        panes.noteAllOthers()
        #expect(panes.edits.isEdited(today, since: mark))
        #expect(!panes.edits.isEdited(today, since: panes.edits.mark))
    }
}
