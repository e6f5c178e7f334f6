import Dispatch
import Monitoring
import Statistics
import Synchronization

/// All measures of one window with 20 numeric features and 86,400 rows, and its panes as bytes.
struct WindowBenchmark {
    static let features = 20
    private let schema: ModelSchema
    let reference: Reference
    private let day: Pane
    private let hours: [Pane]
    /// A week of hours with four rows each.
    private let small: [Pane]

    init() throws {
        var change = ModelSchemaChange()
        change.task = .unlabelled
        change.features = (0..<Self.features).map { FeatureDeclaration(name: ByteText("n\($0)"), kind: .numeric) }
        schema = try ModelSchema.creating(from: change)
        var numbers = NormalNumbers()
        reference = Reference.freezing(Self.rows(10_000, mean: 0, &numbers), schema: schema)
        let (schema, grids) = (schema, reference.grids)
        hours = (0..<24).map { _ in
            let rows = Self.rows(3600, mean: 0.1, &numbers)
            return Reference.counting(rows, on: grids, schema: schema, name: "hour").pane
        }
        small = (0..<168).map { _ in
            let rows = Self.rows(4, mean: 0.1, &numbers)
            return Reference.counting(rows, on: grids, schema: schema, name: "hour").pane
        }
        var day = Pane()
        for hour in hours { day.merge(hour) }
        self.day = day
    }

    private static func rows(_ count: Int, mean: Double, _ numbers: inout NormalNumbers) -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = count
        for feature in 0..<features { rows.numeric[ByteText("n\(feature)")] = numbers.column(count, mean: mean) }
        return rows
    }

    func lines() throws -> [Report] {
        var watch = Stopwatch()
        let encoded = hours.map { $0.encoded() }
        let layout = ColumnLayout(schema)
        let parts = hours.count * Self.features
        let summary = summary
        let features = schema.features
        let measures = watch.median(of: 200, each: 1) { everyMeasure(summary, of: features) }
        let together = together(summary)
        let encoding = watch.median(of: 25, each: hours.count) { hours.reduce(0) { $0 + Double($1.encoded().count) } }
        let decoding = try watch.median(of: 25, each: hours.count) {
            var rows = 0
            for bytes in encoded {
                rows += try Pane(decoding: bytes, layout: layout, grids: reference.grids).predictions
            }
            return Double(rows)
        }
        let merging = watch.median(of: 25, each: parts) { added(hours) }
        let sliding = watch.median(of: 5, each: Self.windows * parts) { slid(hours) }
        var words = dense
        let bytes = words.count * MemoryLayout<UInt64>.size / parts
        let limit = watch.median(of: 25, each: parts) {
            // Otherwise the sum would be worked out once.
            words[0] &+= 1
            return Self.sum(words)
        }
        let days = try historical(&watch, layout)
        let few = small.map { $0.encoded() }
        let week = small.count * Self.features
        let opening = try watch.median(of: 25, each: week) {
            var rows = 0
            for bytes in few { rows += try Pane(decoding: bytes).predictions }
            return Double(rows)
        }
        let gathering = watch.median(of: 25, each: week) { added(small) }
        let packed = small.map { HeldPane($0, packed: $0.encoded()) }
        let reading = watch.median(of: 25, each: week) { added(packed) }
        let size = Double(encoded.reduce(0) { $0 + $1.count }) / Double(hours.count)
        return [
            Report(
                name: "all measures, \(Self.features) features, \(day.predictions) rows", value: measures / 1e6,
                unit: "ms", beside: "(goal of the newest window <= 1 ms)"),
            Report(
                name: "the same in two halves side by side, by the clock", value: together / 1e6, unit: "ms",
                beside: "(goal <= 1 ms)"),
            Report(
                name: "an hour's pane as bytes", value: encoding / 1e3, unit: "us", beside: "\(size.rounded()) bytes"),
            Report(name: "an hour's pane from bytes", value: decoding / 1e3, unit: "us"),
            Report(
                name: "a pane from bytes, for each feature", value: decoding / 1e3 / Double(Self.features), unit: "us"),
            Report(
                name: "24 panes added up, for each pane and feature", value: merging / 1e3, unit: "us",
                beside: "(goal <= 1 us)"),
            Report(
                name: "\(Self.windows) windows of 24 panes one after the other, for each of their panes and features",
                value: sliding / 1e3, unit: "us", beside: "(goal <= 1 us)"),
            Report(
                name: "their counts and sums only read, in a plain loop", value: limit / 1e3, unit: "us",
                beside: "\(bytes) bytes each   ratio \((merging / limit * 100).rounded() / 100)"),
            Report(
                name: "\(Self.days) day panes from bytes and merged, for each hour and feature", value: days / 1e3,
                unit: "us", beside: "(goal <= 1 us)"),
            Report(
                name: "a pane of 4 rows from bytes, for each feature", value: opening / 1e3, unit: "us",
                beside: "\(few.reduce(0) { $0 + $1.count } / week) bytes each"),
            Report(
                name: "168 panes of 4 rows added up, for each pane and feature", value: gathering / 1e3, unit: "us",
                beside: "(goal <= 1 us)"),
            Report(
                name: "the same from bytes", value: reading / 1e3, unit: "us", beside: "(goal <= 1 us)"),
        ]
    }

    /// As much as the counts and sums of the hours take while every cell has some, which is what adding them up reads.
    private var dense: [UInt64] {
        let cells = reference.grids.numeric.values.reduce(0) { $0 + $1.pairCount }
        // Two counts take half a word, a sum a whole one.
        return (0..<UInt64(hours.count * cells * 3 / 2)).map { $0 & 0xFF }
    }

    @inline(never)
    private static func sum(_ words: [UInt64]) -> Double {
        var sum: UInt64 = 0
        for index in words.indices { sum &+= words[index] }
        return Double(sum)
    }

    private static let days = 30

    /// What an old window of many days costs, which is made of day panes: nanoseconds for each of its hours and features.
    private func historical(_ watch: inout Stopwatch, _ layout: ColumnLayout) throws -> Double {
        let bytes = day.encoded()
        return try watch.median(of: 25, each: Self.days * hours.count * Self.features) {
            var total = Pane()
            for _ in 0..<Self.days {
                total.merge(try Pane(decoding: bytes, layout: layout, grids: reference.grids))
            }
            return Double(total.predictions)
        }
    }

    /// The window beside its reference, of which what laws need is kept as in the service.
    var summary: WindowSummary {
        var side = reference.side()
        side?.noise = ReferenceNoise(reference.pane, grids: reference.grids)
        return WindowSummary(
            window: Window(end: .epoch + .days(1), length: .days(1)), pane: day, schema: schema,
            grids: reference.grids, reference: side)
    }

    /// Adds up panes as a window is that was not read before.
    private func added(_ panes: [Pane]) -> Double { added(panes.map { HeldPane($0) }) }

    private func added(_ panes: [HeldPane]) -> Double {
        let grid = schema.paneGrid
        let end = Time.epoch + grid.width * panes.count
        let places = Dictionary(zip(grid.starts(from: .epoch, to: end), panes)) { first, _ in first }
        var total = WindowAccumulator(
            length: grid.width * panes.count, grid: grid,
            columns: ColumnSelection(columns: nil, outcomes: .none, distinct: false))
        total.advance(to: end) { places[$0] }
        return Double(total.merged.predictions)
    }

    private static let windows = 168

    /// Reads windows of as many hours as there are, one after the other.
    private func slid(_ panes: [Pane]) -> Double {
        let grid = schema.paneGrid
        let starts = grid.starts(from: .epoch, to: .epoch + grid.width * (Self.windows + panes.count))
        let held = starts.indices.map { HeldPane(panes[$0 % panes.count]) }
        let places = Dictionary(zip(starts, held)) { first, _ in first }
        var total = WindowAccumulator(
            length: grid.width * panes.count, grid: grid,
            columns: ColumnSelection(columns: nil, outcomes: .none, distinct: false))
        var rows = 0
        for number in 0..<Self.windows {
            total.advance(to: .epoch + grid.width * (number + panes.count)) { places[$0] }
            rows += total.merged.predictions
        }
        return Double(rows)
    }

    /// How long all measures take when half of the columns are worked on beside the other half, as the service does: nanoseconds
    /// by the clock.
    private func together(_ summary: WindowSummary) -> Double {
        let half = schema.features.count / 2
        let check = Mutex(0.0)
        let times = (0..<200).map { _ in
            let begin = ContinuousClock.now
            DispatchQueue.concurrentPerform(iterations: 2) { part in
                let own = part == 0 ? schema.features.prefix(half) : schema.features.dropFirst(half)
                let sum = everyMeasure(summary, of: Array(own))
                check.withLock { $0 += sum }
            }
            return (ContinuousClock.now - begin) / .nanoseconds(1)
        }
        precondition(check.withLock { $0.isFinite }, "measures are numbers")
        return times.median
    }

    /// What `GET windows` answers of columns, added up.
    private func everyMeasure(_ summary: WindowSummary, of features: [Feature]) -> Double {
        let drift = Measure.allCases.filter { $0.drift.map { $0.isNumeric && !$0.isProbability } ?? false }
        let quality = Measure.allCases.filter { $0.scope == .quality }
        let method = schema.driftMethod
        var sum = 0.0
        for feature in features {
            let column = ColumnName.feature(feature.name)
            let reading = summary.driftReading(column)
            for measure in drift {
                let value = reading?.value(measure, method)
                sum += (value?.value ?? 0) + (value?.pValue ?? 0)
            }
            sum += Double(reading?.bins(method.closing)?.bins.count ?? 0)
            let own = summary.numericReading(column)
            for measure in quality { sum += own.value(measure) ?? 0 }
            sum += own.quantiles(at: [0.25, 0.5, 0.75])?.reduce(0) { $0 + $1.value } ?? 0
        }
        return sum
    }
}
