package import Statistics

extension WindowSummary {
    /// A drift measure of a column with all that belongs to it; nil where a side is empty or the measure is not of that kind.
    ///
    /// P-values come with `ks` and `chi2`; ask for those.
    package func drift(_ measure: Measure, column: ColumnName, method: DriftMethod? = nil) -> DriftValue? {
        let method = method ?? schema.driftMethod
        return switch kind(of: column) {
        case .numeric: numericDrift(measure, column, method)
        case .categorical: categoricalDrift(measure, column, method)
        case nil: nil
        }
    }

    /// The decile bins of a numeric column with the counts of both sides; nil without a reference.
    package func bins(_ column: ColumnName, closing: BinClosing? = nil) -> DecileBins? {
        guard let sides = cells(column, byWeight: false) else { return nil }
        return DecileBins(
            reference: sides.reference, window: sides.window, grid: grids.grid(of: column),
            closing: closing ?? schema.driftMethod.closing)
    }

    /// The categories of a categorical column with the counts of both sides; nil without a reference.
    package func categoryTable(_ column: ColumnName) -> CategoryTable? {
        guard let reference = referenceReading, reference.pane.categorical[column] != nil else { return nil }
        return CategoryTable(reference: reference.categorical(column), window: reading.categorical(column))
    }

    /// Quantiles of a numeric column at shares between 0 and 1; nil without values.
    package func quantiles(_ column: ColumnName, at shares: [Double]) -> [GridQuantile.Estimate]? {
        let summary = pane.isWeighted ? pane.weighted(numeric: column) ?? numeric(column) : numeric(column)
        guard let quantile = GridQuantile(summary, grid: grids.grid(of: column)) else { return nil }
        return shares.map(quantile.estimate)
    }

    /// The area under the ROC curve with its bound; nil where rows of a class are missing.
    package var rankQuality: RankQuality? {
        isKnownAtEnd ? nil : RankQuality((pane.isWeighted ? pane.weightedOutcomes : pane.outcomes).pairs)
    }

    /// The counts of both sides over the cells of the column's grid, where there are such, of rows or by weight.
    private func cells(_ column: ColumnName, byWeight: Bool) -> (reference: GridCounts, window: GridCounts)? {
        let other = byWeight ? comparableReference(numeric: column) : reference?.pane.numeric[column]
        guard let reference = other?.cells else { return nil }
        let window = (byWeight ? comparable(numeric: column) : numeric(column)).cells
        return reference.pairCount == window.pairCount ? (reference, window) : nil
    }

    /// The categories of both sides as comparisons take them.
    func comparableTable(_ column: ColumnName) -> CategoryTable? {
        comparableReference(categorical: column).map {
            CategoryTable(reference: $0, window: comparable(categorical: column))
        }
    }

    private func numericDrift(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod) -> DriftValue? {
        guard let sides = cells(column, byWeight: true) else { return nil }
        switch measure {
        case .ks:
            let test = KolmogorovSmirnov(
                reference: sides.reference, window: sides.window, sizes: sizes(of: column))
            return test.map {
                DriftValue($0.statistic, pValue: $0.pValue, errorBound: $0.errorBound)
            }
        case .wasserstein:
            let distance = Wasserstein(
                reference: sides.reference, window: sides.window, grid: grids.grid(of: column))
            let std = referenceReading?.value(.std, numeric: column)
            return distance.map {
                DriftValue($0.distance, normalised: $0.normalised(by: std)?.distance, errorBound: $0.errorBound)
            }
        case .psi, .jsDistance, .hellinger, .totalVariation:
            let bins = DecileBins(
                reference: sides.reference, window: sides.window, grid: grids.grid(of: column), closing: method.closing)
            return shares(measure, bins.counts.counted(in: unit), method, .numeric)
        default: return nil
        }
    }

    private func categoricalDrift(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod) -> DriftValue? {
        guard let counts = comparableTable(column)?.counts.counted(in: unit) else { return nil }
        switch measure {
        case .chi2:
            return ChiSquared(counts, sizes: sizes(of: column)).map {
                DriftValue($0.statistic, pValue: $0.pValue, degreesOfFreedom: $0.degreesOfFreedom)
            }
        case .lInfinity: return LInfinity.distance(of: counts).map { DriftValue($0) }
        case .psi, .jsDistance, .hellinger, .totalVariation: return shares(measure, counts, method, .categorical)
        default: return nil
        }
    }

    private func shares(
        _ measure: Measure, _ counts: PairedCounts, _ method: DriftMethod, _ kind: FeatureKind
    ) -> DriftValue? {
        let value: Double? =
            switch measure {
            case .psi: PopulationStability.value(of: counts, zeroPolicy: method.zeroPolicy)
            case .jsDistance: JensenShannon.distance(of: counts)
            case .hellinger: Hellinger.distance(of: counts)
            case .totalVariation: TotalVariation.distance(of: counts)
            default: nil
            }
        return value.map { DriftValue($0, method: method.text(measure: measure, kind: kind)) }
    }
}
