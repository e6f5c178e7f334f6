import JSON
import Monitoring
import Statistics

/// Looks for segments that stand out, with the expected share of false finds held at 5 %.
///
/// A drift measure with a p-value is tested against the segment's own reference; otherwise performance is tested, one-sided,
/// against all rows outside of the segment. All tests of one answer are one family (Benjamini and Hochberg 1995).
struct SegmentSearch {
    /// One test.
    private struct Find {
        let segment: ByteText
        let count: Int
        let value: Double?
        let rest: Double?
        let difference: Double?
        let interval: Interval?
        let pValue: Double
        var adjusted = 1.0
    }

    private static let rate = 0.05
    private static let smallest = 30
    private static let most = 20

    private let pooled: WindowSummary
    private let measure: Measure?
    private let column: ColumnName?
    private var finds: [Find] = []
    private var small = 0

    init(_ pooled: WindowSummary, _ asked: SeriesRoutes.Question?) {
        self.pooled = pooled
        column = asked?.column
        let kind = column.flatMap { pooled.kind(of: $0) }
        measure =
            switch asked?.measure {
            case let measure? where measure.scope == .drift: kind == .numeric ? .ks : .chi2
            case let measure? where [.precision, .recall].contains(measure): measure
            default: pooled.mainMeasure
            }
    }

    private var isDrift: Bool { measure?.scope == .drift }

    /// Tests one segment; one with too few rows is counted and left out.
    mutating func test(_ segment: ByteText, _ summary: WindowSummary) {
        guard let find = isDrift ? drift(segment, summary) : performance(segment, summary) else {
            small += 1
            return
        }
        finds.append(find)
    }

    private func drift(_ segment: ByteText, _ summary: WindowSummary) -> Find? {
        guard let measure, let column, let value = summary.drift(measure, column: column), let p = value.pValue
        else { return nil }
        let count =
            summary.kind(of: column) == .numeric ? summary.numeric(column).count : summary.categorical(column).count
        guard count >= Self.smallest, summary.reference?.count ?? 0 >= Self.smallest else { return nil }
        return Find(
            segment: segment, count: count, value: value.value, rest: nil, difference: nil, interval: nil, pValue: p)
    }

    private func performance(_ segment: ByteText, _ summary: WindowSummary) -> Find? {
        guard let measure else { return nil }
        let inside = summary.labelled
        var outside = pooled.labelled
        outside.subtract(inside)
        let contrast: SliceContrast?
        let count: Int
        if measure == .mae {
            guard let slice = inside.residuals, let rest = outside.residuals,
                Self.isEnough(Double(slice.sums.count) * slice.unit),
                Self.isEnough(Double(rest.sums.count) * rest.unit)
            else { return nil }
            count = slice.rows
            contrast = SliceContrast(
                absoluteErrors: slice.sums, rest: rest.sums, unit: slice.unit, restUnit: rest.unit)
        } else {
            let (slice, rest) = (share(measure, inside), share(measure, outside))
            guard Self.isEnough(slice.effectiveCount), Self.isEnough(rest.effectiveCount) else { return nil }
            count = slice.count
            contrast = SliceContrast(slice, rest: rest)
        }
        guard let contrast else { return nil }
        return Find(
            segment: segment, count: count, value: contrast.value, rest: contrast.rest,
            difference: contrast.difference, interval: contrast.interval, pValue: contrast.pValue)
    }

    private static func isEnough(_ rows: Double) -> Bool { rows >= Double(smallest) }

    private func share(_ measure: Measure, _ rows: LabelledRows) -> WeightedShare {
        guard measure != .accuracy else { return rows.hits }
        return rows.groupOutcomes(positive: pooled.schema.positiveClass)
            .share(measure == .precision ? .precision : .truePositive)
    }

    /// Corrects the p-values for how many there are.
    mutating func adjust() {
        let adjusted = FalseDiscovery.adjusted(finds.map(\.pValue))
        for index in finds.indices { finds[index].adjusted = adjusted[index] }
        finds.sort {
            $0.pValue == $1.pValue ? ($1.count, $0.segment) < ($0.count, $1.segment) : $0.pValue < $1.pValue
        }
    }

    /// Writes the finds, the surest first.
    func write(to object: inout JSONWriter) {
        object.object("worst") { part in
            part.member("measure", measure?.rawValue, or: .otherTask)
            part.member("against", isDrift ? "reference" : "rest")
            part.member("control", "bh")
            part.member("rate", Self.rate)
            part.member("smallest", Self.smallest)
            part.member("tested", finds.count)
            part.member("insufficient", small)
            part.array("segments") { array in
                for find in finds.filter({ $0.adjusted <= Self.rate }).prefix(Self.most) {
                    array.object { entry in
                        entry.member("segment", find.segment.string)
                        entry.member("count", find.count)
                        entry.member("value", find.value, or: .undefined)
                        entry.member("rest", find.rest, or: .againstReference)
                        entry.member("difference", find.difference, or: .againstReference)
                        entry.member("interval", find.interval, or: isDrift ? .againstReference : .undefined)
                        entry.member("p_value", find.pValue)
                        entry.member("adjusted_p_value", find.adjusted)
                    }
                }
            }
        }
    }
}
