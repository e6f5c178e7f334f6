import Monitoring
import Statistics

/// A column of a window as pages tell of it: its measures of drift, their thresholds and verdicts.
struct ColumnReport {
    /// A measure with what it is held against.
    struct Entry {
        let measure: Measure
        let value: Double?
        let verdict: Verdict
    }

    let column: ColumnName
    let entries: [Entry]

    /// The name under which series and addresses know it.
    var name: String { column.address }

    /// The measures that decide whether a column counts as drifted: of each kind one that sees shares, and one that sees places.
    private static let deciding: Set<Measure> = [.psi, .ks, .chi2]

    /// Whether the column drifted: one of the deciding measures says so; nil where none has a verdict.
    var isDrifted: Bool? {
        let told = entries.filter { Self.deciding.contains($0.measure) }.compactMap(\.verdict.isDrifted)
        return told.isEmpty ? nil : told.contains(true)
    }

    /// All columns of a window, those that drifted first, then in the order of their names.
    static func all(of summary: WindowSummary) -> [ColumnReport] {
        var verdicts = WindowVerdicts(summary)
        verdicts.settle()
        let method = summary.schema.driftMethod
        let reports = summary.columns.map { column in
            let reading = verdicts.reading(column)
            let entries = Measure.allCases.compactMap { measure -> Entry? in
                guard let verdict = verdicts.settledVerdict(measure, column: column) else { return nil }
                return Entry(measure: measure, value: reading?.value(measure, method)?.value, verdict: verdict)
            }
            return ColumnReport(column: column, entries: entries)
        }
        return reports.sorted { left, right in
            let (first, second) = (left.isDrifted == true, right.isDrifted == true)
            return first != second ? first : left.column < right.column
        }
    }
}
