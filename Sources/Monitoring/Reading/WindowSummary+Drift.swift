package import Statistics

extension WindowSummary {
    /// A drift measure of a column with all that belongs to it; nil where a side is empty or the measure is not of that kind.
    ///
    /// P-values come with their statistics; ask for those. For many measures of a column ask `driftReading` once.
    package func drift(_ measure: Measure, column: ColumnName, method: DriftMethod? = nil) -> DriftValue? {
        let method = method ?? schema.driftMethod
        return switch kind(of: column) {
        case .numeric: numericSides(column)?.value(measure, method)
        case .categorical: categoricalSides(column)?.value(measure, method)
        case nil: nil
        }
    }

    /// Everything that a column differs in from the reference, counted once; nil without a reference or such a column.
    package func driftReading(_ column: ColumnName) -> DriftReading? {
        switch kind(of: column) {
        case .numeric: numericSides(column).map { DriftReading($0, schema.driftMethod) }
        case .categorical: categoricalSides(column).map { DriftReading($0, schema.driftMethod) }
        case nil: nil
        }
    }

    /// The decile bins of a numeric column with the counts of both sides; nil without a reference.
    package func bins(_ column: ColumnName, closing: BinClosing? = nil) -> DecileBins? {
        guard let reference = reference?.pane.numeric[column]?.cells else { return nil }
        let window = numeric(column).cells
        guard reference.pairCount == window.pairCount else { return nil }
        return DecileBins(
            reference: reference, window: window, grid: grids.grid(of: column),
            closing: closing ?? schema.driftMethod.closing)
    }

    /// The categories of a categorical column with the counts of both sides; nil without a reference.
    package func categoryTable(_ column: ColumnName) -> CategoryTable? {
        guard let reference = referenceReading, reference.pane.categorical[column] != nil else { return nil }
        return CategoryTable(reference: reference.categorical(column), window: reading.categorical(column))
    }

    /// The area under the ROC curve with its bound; nil where rows of a class are missing.
    package var rankQuality: RankQuality? {
        isKnownAtEnd ? nil : RankQuality((pane.isWeighted ? pane.weightedOutcomes : pane.outcomes).pairs)
    }

    /// The categories of both sides as comparisons take them.
    func comparableTable(_ column: ColumnName) -> CategoryTable? {
        comparableReference(categorical: column).map {
            CategoryTable(reference: $0, window: comparable(categorical: column))
        }
    }

    /// The counts of categories in as many rows as weighted ones are worth; rare ones are a row at least, unless told otherwise.
    func effectiveCounts(_ table: CategoryTable, sizes: SampleSizes?, keepsRare: Bool = true) -> PairedCounts {
        let counts = table.counts.counted(in: unit)
        let scaled = { (counts: [Int], size: Double?) in
            ReferenceBins.scaled(counts, to: ColumnNull.rows(size), keepsRare: keepsRare)
        }
        return PairedCounts(
            reference: scaled(counts.reference, sizes?.reference), window: scaled(counts.window, sizes?.window),
            halves: counts.halves(worth: sizes))
    }

    /// Both sides of a numeric column over the cells of its grid, by weight where rows have one; nil where there are none.
    private func numericSides(_ column: ColumnName) -> NumericDrift? {
        guard let reference = comparableReference(numeric: column) else { return nil }
        let window = comparable(numeric: column)
        guard reference.cells.pairCount == window.cells.pairCount else { return nil }
        return NumericDrift(
            reference: reference, window: window, grid: grids.grid(of: column), sizes: sizes(of: column), unit: unit,
            deviation: isWeighted ? nil : self.reference?.noise?.noise(of: column)?.deviation)
    }

    /// Both sides of a categorical column, by weight where rows have one; nil where there are none.
    private func categoricalSides(_ column: ColumnName) -> CategoricalDrift? {
        comparableTable(column).map { CategoricalDrift(table: $0, sizes: sizes(of: column), unit: unit) }
    }
}
