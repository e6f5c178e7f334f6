import Monitoring
import Statistics
import Testing

struct RowWeightTests {
    private static let columns: [ColumnName] = [.score, .prediction, .feature("amount"), .feature("country")]

    /// Weights from the least to the greatest, some of them 1, that depend on the row alone.
    private static func mixed(_ row: RandomLog.Row) -> RowWeight {
        let choices = [1, 3, 0.5, 2.75, 1.0 / 1024, 1_000_000, 1, 17.3]
        let place = row.id.utf8.reduce(0) { $0 &+ Int($1) } % choices.count
        return RowWeight(choices[place]) ?? .one
    }

    private static func fixed(_ value: Double) -> (RandomLog.Row) -> RowWeight {
        { _ in RowWeight(value) ?? .one }
    }

    @Test(arguments: 0..<20)
    func `any order and any splitting of weighted rows gives the same panes, bit for bit`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var random = SeededRandom(seed &+ 1000)
        var whole = log.folded(log.events, sizes: [log.events.count], weight: Self.mixed)
        let sizes = (0..<5).map { _ in Int.random(in: 1...20, using: &random) }
        var split = log.folded(log.events.shuffled(using: &random), sizes: sizes, weight: Self.mixed)
        let (first, second) = (whole.takeDirty(), split.takeDirty())
        #expect(first.map(\.key) == second.map(\.key))
        #expect(first.map { $0.pane.encoded() } == second.map { $0.pane.encoded() })
        #expect(first.flatMap { $0.pane.contradictions() }.isEmpty)
        for part in first {
            let read = try Pane(decoding: part.pane.encoded(), layout: whole.layout, grids: whole.grids)
            #expect(read == part.pane)
        }
    }

    @Test(arguments: 0..<10)
    func `a row of weight 3 is the same row three times`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var heavy = log.folded(log.events, sizes: [7], weight: Self.fixed(3))
        var tripled = log.folded(log.events.flatMap(Self.tripled), sizes: [11])
        let (first, second) = (heavy.takeDirty(), tripled.takeDirty())
        #expect(first.map(\.key) == second.map(\.key))
        for (one, three) in zip(first.map(\.pane), second.map(\.pane)) {
            #expect(3 * one.predictions == three.predictions)
            #expect(one.weight == Double(three.predictions))
            #expect(one.effectiveCount == Double(one.predictions))
            #expect(one.weightedOutcomes == three.weightedOutcomes)
            for column in Self.columns {
                #expect(one.weighted(numeric: column) == three.weighted(numeric: column))
                #expect(one.weighted(categorical: column) == three.weighted(categorical: column))
            }
        }
    }

    /// Halves that are added to counts weigh less beside weights of 2, and the exact law is one of rows.
    private static let unweighted: [Measure] = [.psi, .kl, .klReverse, .ksExactPValue]

    @Test(arguments: Measure.allCases.filter { !unweighted.contains($0) })
    func `weights that are all 2 change no value`(measure: Measure) throws {
        let log = try RandomLog(seed: 5)
        let plain = Self.window(log, log.folded(log.events, sizes: [20]))
        let doubled = Self.window(log, log.folded(log.events, sizes: [20], weight: Self.fixed(2)))
        for column in [nil] + Self.columns.map(Optional.some) {
            let (left, right) = (plain.value(of: measure, column: column), doubled.value(of: measure, column: column))
            #expect((left == nil) == (right == nil))
            guard let left, let right else { continue }
            // Where a cell has one value a side that value is known from its sum, which a weighted cell does not tell.
            let bound = column.flatMap { doubled.drift(measure, column: $0)?.errorBound } ?? 0
            #expect(abs(left - right) <= 1e-9 * max(1, abs(left)) + bound)
        }
    }

    @Test(arguments: Measure.allCases)
    func `the widest weights leave every value finite or undefined`(measure: Measure) throws {
        let log = try RandomLog(seed: 6)
        let summary = Self.window(log, log.folded(log.events, sizes: [20], weight: Self.mixed))
        for column in [nil] + Self.columns.map(Optional.some) {
            let value = summary.value(of: measure, column: column)
            #expect(value?.isFinite != false)
        }
    }

    @Test func `the effective number of rows is Kish's, of columns without their nulls`() throws {
        let log = try RandomLog(seed: 7)
        let pane = Self.window(log, log.folded(log.events, sizes: [9], weight: Self.mixed)).pane
        var (all, present) = ([Double](), [Double]())
        for event in log.events {
            guard case .prediction(let row) = event else { continue }
            all.append(Self.mixed(row).value)
            if !row.amount.isNaN { present.append(Self.mixed(row).value) }
        }
        #expect(abs(pane.effectiveCount - Self.kish(all)) < 1e-9)
        #expect(abs(pane.effectiveCount(of: .feature("amount")) - Self.kish(present)) < 1e-9)
        #expect(pane.weight == all.reduce(0, +))
        #expect(pane.predictions == all.count)
    }

    @Test func `a mean is weighted, a count is one of rows`() throws {
        let log = try RandomLog(seed: 8)
        let summary = Self.window(log, log.folded(log.events, sizes: [9], weight: Self.fixed(2.5)))
        let plain = Self.window(log, log.folded(log.events, sizes: [9]))
        #expect(summary.predictions == plain.predictions)
        #expect(summary.numeric(.score).count == plain.numeric(.score).count)
        #expect(summary.pane.weight == 2.5 * Double(plain.predictions))
        var (sum, weight) = (0.0, 0.0)
        let mixed = Self.window(log, log.folded(log.events, sizes: [9], weight: Self.mixed))
        for event in log.events {
            guard case .prediction(let row) = event, !row.score.isNaN else { continue }
            sum += Self.mixed(row).value * row.score
            weight += Self.mixed(row).value
        }
        let mean = try #require(mixed.value(of: .mean, column: .score))
        #expect(abs(mean - sum / weight) < 1e-9)
    }

    @Test func `tests go by the effective number of rows`() throws {
        let log = try RandomLog(seed: 9)
        let summary = Self.window(log, log.folded(log.events, sizes: [9], weight: Self.mixed))
        let sizes = try #require(summary.sizes(of: .score))
        let test = try #require(summary.drift(.ks, column: .score))
        #expect(sizes.window < 20)
        #expect(test.pValue == KolmogorovSmirnov.pValue(test.value, sizes))
    }

    @Test(arguments: 0..<5)
    func `a sliding window of weighted rows is the sum of its panes`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        let panes = log.folded(log.events, sizes: [9], weight: Self.mixed)
        var sliding = WindowAccumulator(length: .hours(4), grid: panes.grid)
        for hour: Int64 in 4...24 {
            let end = Time.epoch + .hours(hour)
            sliding.slide(to: end) { panes[PaneKey(start: $0)] }
            var fresh = WindowAccumulator(length: .hours(4), grid: panes.grid)
            fresh.slide(to: end) { panes[PaneKey(start: $0)] }
            let (left, right) = [sliding, fresh].map {
                $0.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
            }.pair
            #expect(left.pane == right.pane)
        }
    }

    @Test func `what was known at the end of a window is weighted`() throws {
        let log = try RandomLog(seed: 3)
        let panes = log.folded(log.events, sizes: [9], weight: Self.fixed(4))
        let plain = log.folded(log.events, sizes: [9])
        let selection = ColumnSelection(measure: .accuracy, knownAtEnd: true)
        for hour: Int64 in [6, 12, 20] {
            let values = [panes, plain].map { set in
                var window = WindowAccumulator(length: .hours(4), grid: set.grid, columns: selection)
                window.slide(to: .epoch + .hours(hour)) { set[PaneKey(start: $0)] }
                return window.summary(schema: log.schema, grids: set.grids, reference: nil)
            }
            #expect(values[0].value(of: .accuracy) == values[1].value(of: .accuracy))
            #expect(values[0].labels == values[1].labels)
            let labels = values[0].pane.effectiveLabels(knownAt: .epoch + .hours(hour))
            #expect(labels == Double(values[0].labels))
        }
    }

    @Test func `rows without weights have panes without them`() throws {
        let log = try RandomLog(seed: 1)
        var panes = log.folded(log.events, sizes: [9])
        for part in panes.takeDirty() {
            #expect(!part.pane.isWeighted)
            #expect(part.pane.effectiveCount == Double(part.pane.predictions))
        }
    }

    private static func kish(_ weights: [Double]) -> Double {
        let sum = weights.reduce(0, +)
        return sum * sum / weights.reduce(0) { $0 + $1 * $1 }
    }

    private static func window(_ log: RandomLog, _ panes: PaneSet) -> WindowSummary {
        var window = WindowAccumulator(length: .hours(24), grid: panes.grid)
        window.slide(to: .epoch + .hours(24)) { panes[PaneKey(start: $0)] }
        return window.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
    }

    /// The event for three ids instead of one.
    private static func tripled(_ event: RandomLog.Event) -> [RandomLog.Event] {
        (0..<3).map { number in
            switch event {
            case .label(let id, let label): .label(ByteText("\(id.string)-\(number)"), label)
            case .prediction(let row):
                .prediction(
                    RandomLog.Row(
                        id: ByteText("\(row.id.string)-\(number)"), version: row.version, time: row.time,
                        amount: row.amount, country: row.country, device: row.device, score: row.score,
                        prediction: row.prediction, hasExtras: row.hasExtras, hasTypeError: row.hasTypeError))
            }
        }
    }
}

extension [WindowSummary] {
    fileprivate var pair: (WindowSummary, WindowSummary) { (self[0], self[1]) }
}
