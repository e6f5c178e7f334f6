import JSON
import Monitoring
import Statistics

/// The columns of a window.
extension WindowDocument {
    private static let shares = [0.25, 0.5, 0.75]

    func writeNumeric(_ column: ColumnName, to object: inout JSONWriter) {
        let reading = summary.numericReading(column)
        let values = reading.summary
        object.member("kind", FeatureKind.numeric.rawValue)
        object.member("count", values.count)
        writeDistinct(column, to: &object)
        object.member("missing", values.missing)
        object.member("type_errors", values.typeErrors)
        object.member("out_of_range", values.outOfRange)
        object.member("unsummed", values.moments.unsummed)
        object.member("mean", reading.value(.mean), or: summary.valueGap(column))
        object.member("std", reading.value(.std), or: summary.valueGap(column))
        object.member("min", reading.value(.min), or: summary.valueGap(column))
        object.member("max", reading.value(.max), or: summary.valueGap(column))
        let quantiles = reading.quantiles(at: Self.shares)
        object.object("quantiles") { part in
            for (index, share) in Self.shares.enumerated() {
                part.member("\(share)", quantiles?[index].value, or: summary.valueGap(column))
            }
        }
        // Exact quantiles need no bound; others must not pass for exact.
        if let bound = quantiles?.map(\.errorBound).max(), bound > 0 { object.member("quantiles_error_bound", bound) }
        let drift = verdicts.reading(column)
        // What is listed are rows, whatever they weigh.
        let counted =
            summary.isWeighted ? summary.bins(column) : drift?.bins(summary.schema.driftMethod.closing)
        let bins = counted?.bins ?? []
        object.array("bins") { array in
            for bin in bins {
                array.object { entry in
                    entry.member("low", bin.low)
                    entry.member("high", bin.high)
                    entry.member("reference", bin.reference)
                    entry.member("window", bin.window)
                }
            }
        }
        object.object("drift") { writeDrift(drift, column, .numeric, to: &$0) }
        object.object("quality") { writeQuality(column, to: &$0) }
    }

    func writeCategorical(_ column: ColumnName, to object: inout JSONWriter) {
        let values = summary.categorical(column)
        object.member("kind", FeatureKind.categorical.rawValue)
        object.member("count", values.count)
        writeDistinct(column, to: &object)
        object.member("missing", values.missing)
        object.member("type_errors", values.typeErrors)
        let drift = verdicts.reading(column)
        let table = summary.isWeighted ? summary.categoryTable(column) : drift?.table
        object.member("unseen", table?.unseen, or: .noReference)
        object.array("categories") { array in
            for category in categories(table, values) {
                array.object { entry in
                    entry.member("value", category.value?.string)
                    entry.member("reference", category.reference, or: .noReference)
                    entry.member("window", category.window)
                }
            }
        }
        object.object("drift") { writeDrift(drift, column, .categorical, to: &$0) }
        object.object("quality") { writeQuality(column, to: &$0) }
    }

    /// A category with its counts; without a value it stands for those beyond the cap that share a cell.
    private struct Category {
        let value: ByteText?
        let reference: Int?
        let window: Int
    }

    /// The categories with the most rows first, by window, then reference, then name.
    private func categories(_ table: CategoryTable?, _ values: CategoricalSummary) -> [Category] {
        let all: [Category] =
            if let table {
                table.rows.map { Category(value: $0.name, reference: $0.reference, window: $0.window) }
            } else {
                values.named.map { Category(value: $0.key, reference: nil, window: $0.value) }
                    + values.hashed.sorted { $0.key < $1.key }
                    .map { Category(value: nil, reference: nil, window: $0.value) }
            }
        let sorted = all.sorted { left, right in
            if left.window != right.window { return left.window > right.window }
            if left.reference != right.reference { return (left.reference ?? 0) > (right.reference ?? 0) }
            guard let first = left.value, let second = right.value else {
                return left.value != nil && right.value == nil
            }
            return first < second
        }
        return Array(sorted.prefix(Self.mostCategories))
    }
}
