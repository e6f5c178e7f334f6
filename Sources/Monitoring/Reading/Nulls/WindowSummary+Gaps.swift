package import Statistics

/// Why columns of a window do not tell something.
extension WindowSummary {
    /// Why a column has no values; nil where it has.
    package func gap(_ column: ColumnName) -> NullReason? {
        kind(of: column) == .categorical ? categorical(column).gap : numeric(column).gap
    }

    /// Why a numeric column has no mean and the like.
    package func valueGap(_ column: ColumnName) -> NullReason { numeric(column).valueGap }

    /// Why the reference tells nothing of a column; nil where it has values.
    package func referenceGap(_ column: ColumnName) -> NullReason? {
        guard let reading = referenceReading, reading.pane.has(column) else { return .noReference }
        let count =
            kind(of: column) == .categorical ? reading.categorical(column).count : reading.numeric(column).count
        return count > 0 ? nil : .emptyReference
    }

    /// Why the number of distinct values, or of repeated rows, is not known.
    package var countGap: NullReason { isKnownAtEnd ? .notAtEnd : .notCounted }

    /// Why a measure of drift has no value; `reading` is what the column differs in.
    package func gap(
        _ measure: Measure, _ column: ColumnName, _ method: DriftMethod, _ reading: DriftReading?
    ) -> NullReason {
        guard let reading else { return .noReference }
        return referenceGap(column) ?? gap(column) ?? reading.gap(measure, method)
    }

    /// Why a share of a column's rows is not known.
    package func ratioGap(_ measure: QualityMeasure, _ column: ColumnName) -> NullReason {
        if measure == .unseen, categoryTable(column) == nil { return .noReference }
        return gap(column) ?? .undefined
    }

    /// Why a share of a column's rows has nothing to be compared with.
    package func comparisonGap(_ column: ColumnName) -> NullReason {
        referenceGap(column) ?? gap(column) ?? .insufficient
    }
}

extension NumericSummary {
    /// Why there are no values; nil where there are.
    fileprivate var gap: NullReason? { count > 0 ? nil : missing > 0 ? .noValues : .noRows }

    /// Why there is no mean and the like: without values, or with some that do not fit the sums.
    package var valueGap: NullReason { gap ?? .tooLarge }
}

extension CategoricalSummary {
    /// Why there are no values; nil where there are.
    fileprivate var gap: NullReason? { count > 0 ? nil : missing > 0 ? .noValues : .noRows }
}
