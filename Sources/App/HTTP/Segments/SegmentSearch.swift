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
        var rest = pooled.counts
        rest.subtract(summary.counts)
        let contrast: SliceContrast?
        let count: Int
        if measure == .mae {
            guard let inside = summary.counts.residuals, let outside = rest.residuals else { return nil }
            (contrast, count) = (SliceContrast(absoluteErrors: inside, rest: outside), inside.count)
            guard outside.count >= Self.smallest else { return nil }
        } else {
            let (inside, outside) = (share(measure, summary.counts), share(measure, rest))
            contrast = SliceContrast(
                hits: inside.hits, of: inside.count, restHits: outside.hits, of: outside.count)
            count = inside.count
            guard outside.count >= Self.smallest else { return nil }
        }
        guard count >= Self.smallest, let contrast else { return nil }
        return Find(
            segment: segment, count: count, value: contrast.value, rest: contrast.rest,
            difference: contrast.difference, interval: contrast.interval, pValue: contrast.pValue)
    }

    private func share(_ measure: Measure, _ counts: OutcomeCounts) -> (hits: Int, count: Int) {
        guard measure != .accuracy else {
            let hits = counts.confusion.counts.reduce(0) { $0 + ($1.key.predicted == $1.key.actual ? $1.value : 0) }
            return (hits, counts.confusion.count)
        }
        let group = GroupOutcomes(counts.confusion, positive: pooled.schema.positiveClass, predicted: nil)
        return group.rate(measure == .precision ? .precision : .truePositive)
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
            part.member("measure", measure?.rawValue)
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
                        entry.member("value", find.value)
                        entry.member("rest", find.rest)
                        entry.member("difference", find.difference)
                        entry.member("interval", find.interval)
                        entry.member("p_value", find.pValue)
                        entry.member("adjusted_p_value", find.adjusted)
                    }
                }
            }
        }
    }
}
