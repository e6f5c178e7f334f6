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

    /// The numbers of values of a column that tests go by on both sides; nil where every row counts once, or without a reference.
    ///
    /// The effective number, or less where heavy rows gather in some of the column's bins or categories: see `DesignEffect`. A row
    /// of the window is worth no more than one of the reference, because a small window may have none of the heavy rows by chance.
    package func sizes(of column: ColumnName) -> SampleSizes? {
        guard isWeighted, let reference else { return nil }
        return SampleSizes(
            reference: size(of: column, in: reference.pane), window: size(of: column, in: pane),
            rows: (reference.pane.values(of: column), pane.values(of: column)))
    }

    private func size(of column: ColumnName, in pane: Pane) -> Double {
        let kish = pane.effectiveCount(of: column)
        guard pane.isWeighted else { return kish }
        let counts: PairedCounts
        if let rows = pane.numeric[column]?.cells, let weights = pane.weighted(numeric: column)?.cells {
            counts = DecileBins(reference: rows, window: weights, grid: grids.grid(of: column), closing: .right).counts
        } else if let rows = pane.categorical[column], let weights = pane.weighted(categorical: column) {
            let named = { (name: ByteText) in grids.isNamed(name, in: column) }
            counts =
                CategoryTable(reference: rows.projected(onto: named), window: weights.projected(onto: named)).counts
        } else {
            return kish
        }
        return DesignEffect(counts, squares: pane.squaredWeights(of: column))
            .map { min($0.rows(isOrdered: pane.numeric[column] != nil), kish) } ?? kish
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

    /// What half a row of weight 1 is where these rows are counted as so many; half a row where they count as they are.
    func halves(worth sizes: SampleSizes?) -> HalfRows {
        guard let sizes, !hasEmptySide else { return HalfRows() }
        return HalfRows(
            reference: sizes.reference / self.sizes.reference, window: sizes.window / self.sizes.window)
    }
}

extension SampleSizes {
    /// Effective sizes of so many rows, of which one of the window is worth no more than one of the reference.
    init(reference: Double, window: Double, rows: (reference: Int, window: Int)) {
        let worth = rows.reference > 0 ? min(reference / Double(rows.reference), 1) : 1
        self.init(reference: reference, window: min(window, Double(rows.window) * worth))
    }
}

extension DesignEffect {
    /// Of how many rows each cell holds, as the reference, and what these weigh, as the window.
    init?(_ counts: PairedCounts, squares: Int128) {
        self.init(rows: counts.reference, weights: counts.window.map(Double.init), squares: Double(squares))
    }
}
