import JSON
import Monitoring
import Statistics

/// What is told of every segment in one window.
struct SegmentTable {
    /// How segments are sorted; the first are the largest in it, those without a value come last.
    enum Order: String {
        case size
        case value
        case performance
    }

    /// One segment.
    struct Entry {
        let text: ByteText
        let segment: Segment?
        let predictions: Int
        /// The share of all rows.
        let share: Double?
        let labels: Int
        let labelCoverage: Double?
        let value: Double?
        /// Why the value is null.
        private let gap: NullReason
        let reference: ReferenceSide?
        let main: Measure?
        let performance: (value: Double?, interval: Interval?)
        /// Why value and interval of the performance are null.
        private let performanceGap: (value: NullReason, interval: NullReason)

        init(
            _ summary: WindowSummary, text: ByteText, segment: Segment?, all: Int, asked: SeriesRoutes.Question?
        ) {
            self.text = text
            self.segment = segment
            predictions = summary.predictions
            share = all > 0 ? Double(summary.predictions) / Double(all) : nil
            labels = summary.labels
            labelCoverage = summary.value(of: .labelCoverage)
            value = asked.flatMap { summary.value(of: $0.measure, column: $0.column, method: $0.method) }
            gap =
                value == nil
                ? asked.map { summary.gap(of: $0.measure, column: $0.column, method: $0.method) } ?? .notAsked
                : .undefined
            reference = summary.reference
            main = summary.mainMeasure
            performance = main.map { summary.quality(of: $0) } ?? (nil, nil)
            performanceGap =
                main.map { (summary.performanceGap($0), summary.intervalGap($0)) } ?? (.otherTask, .otherTask)
        }

        func write(to object: inout JSONWriter) {
            object.member("segment", text.string)
            if let segment { object.member("values", segment) }
            object.member("predictions", predictions)
            object.member("share", share, or: .noRows)
            object.member("labels", labels)
            object.member("label_coverage", labelCoverage, or: .noRows)
            object.member("value", value, or: gap)
            object.member("reference", reference)
            guard let main else { return object.null("performance", .otherTask) }
            object.object("performance") { part in
                part.member("measure", main.rawValue)
                part.member("value", performance.value, or: performanceGap.value)
                part.member("interval", performance.interval, or: performanceGap.interval)
                part.member("count", labels)
            }
        }
    }

    /// The segments with slices of their own.
    private(set) var entries: [Entry] = []
    /// The rows of all further segments; nil where there are none.
    let other: Entry?
    /// Which segments stand out.
    private(set) var search: SegmentSearch

    /// Reads every segment of a combination, or of all.
    init(_ question: WindowQuestion, _ asked: SeriesRoutes.Question?, by combination: [ByteText]?) async throws {
        let columns = ColumnSelection(
            columns: Set(asked?.column.map { [$0] } ?? []), outcomes: question.view.isKnownAtEnd ? .known : .all)
        let windows = question.model.windows
        let pooled = try await question.summary(of: .pooled, columns: columns)
        search = SegmentSearch(pooled, asked)
        let segments = await windows.segments(of: combination)
        for (segment, summary) in zip(segments, try await question.summaries(of: segments, columns: columns)) {
            guard summary.predictions > 0 || (summary.reference?.count ?? 0) > 0 else { continue }
            entries.append(
                Entry(summary, text: segment.text, segment: segment, all: pooled.predictions, asked: asked))
            search.test(segment.text, summary)
        }
        search.adjust()
        guard await windows.hasOtherSegments else {
            other = nil
            return
        }
        let rest = try await question.summary(of: Slice(segment: Segment.other), columns: columns)
        other = Entry(rest, text: Segment.other, segment: nil, all: pooled.predictions, asked: asked)
    }

    /// The segments in an order; equal ones by size, then by name.
    func sorted(by order: Order) -> [Entry] {
        func key(_ entry: Entry) -> Double {
            let value: Double? =
                switch order {
                case .size: Double(entry.predictions)
                case .value: entry.value
                case .performance: entry.performance.value
                }
            return value ?? -.infinity
        }
        return entries.sorted { left, right in
            let (first, second) = (key(left), key(right))
            if first != second { return first > second }
            return left.predictions == right.predictions
                ? left.text < right.text : left.predictions > right.predictions
        }
    }
}
