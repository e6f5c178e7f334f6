package import Statistics

/// What one numeric column tells by itself, looked up once for all that is asked of it.
package struct NumericReading: Sendable {
    /// The column's rows, whatever they weigh.
    package let summary: NumericSummary
    /// The same by weight, in units of 1/1024 row; the rows themselves where each counts once.
    private let weighted: NumericSummary
    private let grid: RankGrid

    init(_ summary: NumericSummary, weighted: NumericSummary?, grid: RankGrid) {
        self.summary = summary
        self.weighted = weighted ?? summary
        self.grid = grid
    }

    /// The value of a measure; nil where it is undefined, or not of one column of numbers by itself.
    package func value(_ measure: Measure) -> Double? {
        switch measure {
        case .count: Double(summary.count)
        case .distinct: summary.distinctCount?.value
        case .missing: Double(summary.missing)
        case .missingRatio: PaneReading.ratio(weighted.missing, weighted.count + weighted.missing)
        case .typeErrors: Double(summary.typeErrors)
        case .typeErrorRatio: PaneReading.ratio(weighted.typeErrors, weighted.count + weighted.missing)
        case .outOfRange: Double(summary.outOfRange)
        case .outOfRangeRatio: PaneReading.ratio(weighted.outOfRange, weighted.count)
        case .mean: weighted.moments.mean
        case .std: weighted.moments.std
        case .min: summary.extremes.minimum
        case .max: summary.extremes.maximum
        default: nil
        }
    }

    /// Quantiles at shares between 0 and 1; nil without values.
    package func quantiles(at shares: [Double]) -> [GridQuantile.Estimate]? {
        GridQuantile(weighted, grid: grid).map { shares.map($0.estimate) }
    }
}
