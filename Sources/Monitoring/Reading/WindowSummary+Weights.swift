package import Statistics

/// Both sides of a comparison, by weight where any row has one.
///
/// A comparison is weighted if a row of either side is; then both sides count in units of 1/1024 row, so that what is added to
/// counts weighs the same on both, and tests go by effective sizes.
extension WindowSummary {
    /// Whether any row of the window or of the reference counts more or less than once.
    package var isWeighted: Bool { pane.isWeighted || reference?.pane.isWeighted == true }

    /// How many of what is counted below make one row.
    package var unit: Int { isWeighted ? RowWeight.unit : 1 }

    /// The effective numbers of values of a column on both sides; nil where every row counts once, or without a reference.
    package func sizes(of column: ColumnName) -> SampleSizes? {
        guard isWeighted, let reference else { return nil }
        return SampleSizes(
            reference: reference.pane.effectiveCount(of: column), window: pane.effectiveCount(of: column))
    }

    /// A numeric column of the window as comparisons take it.
    package func comparable(numeric column: ColumnName) -> NumericSummary {
        isWeighted ? pane.weighted(numeric: column) ?? numeric(column) : numeric(column)
    }

    /// A numeric column of the reference as comparisons take it; nil where it was not counted.
    package func comparableReference(numeric column: ColumnName) -> NumericSummary? {
        isWeighted ? reference?.pane.weighted(numeric: column) : reference?.pane.numeric[column]
    }

    /// A categorical column of the window as comparisons take it.
    package func comparable(categorical column: ColumnName) -> CategoricalSummary {
        guard isWeighted, let summary = pane.weighted(categorical: column) else { return categorical(column) }
        return summary.projected { grids.isNamed($0, in: column) }
    }

    /// A categorical column of the reference as comparisons take it; nil where it was not counted.
    package func comparableReference(categorical column: ColumnName) -> CategoricalSummary? {
        let summary = isWeighted ? reference?.pane.weighted(categorical: column) : reference?.pane.categorical[column]
        return summary?.projected { grids.isNamed($0, in: column) }
    }
}

extension PairedCounts {
    /// The same counts, of which so many make one row.
    func counted(in unit: Int) -> Self {
        unit == self.unit ? self : Self(reference: reference, window: window, unit: unit)
    }
}
