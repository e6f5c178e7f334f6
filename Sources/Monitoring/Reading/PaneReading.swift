import Statistics

/// What can be told of merged panes by themselves, whether they are a window or a reference.
struct PaneReading {
    let pane: Pane
    /// The labels that count: all, or those that were known at the window's end.
    let counts: OutcomeCounts
    let schema: ModelSchema
    let grids: ColumnGrids
    /// The outcomes by weight, in units of 1/1024 row; those of the rows where every row counts once.
    let outcomes: Outcomes
    /// The labels that count, by weight as `outcomes`.
    let judged: OutcomeCounts
    /// The window's end where only labels known then count.
    let knownAt: Time?

    /// `knownAt` is the window's end where only labels known then count.
    init(pane: Pane, counts: OutcomeCounts, schema: ModelSchema, grids: ColumnGrids, knownAt end: Time? = nil) {
        self.pane = pane
        self.counts = counts
        self.schema = schema
        self.grids = grids
        knownAt = end
        outcomes = pane.isWeighted ? pane.weightedOutcomes : pane.outcomes
        judged = pane.isWeighted ? end.map(outcomes.counts(knownAt:)) ?? outcomes.counts : counts
    }

    func numeric(_ column: ColumnName) -> NumericSummary {
        pane.numeric[column] ?? NumericSummary(grid: grids.grid(of: column))
    }

    func categorical(_ column: ColumnName) -> CategoricalSummary {
        (pane.categorical[column] ?? CategoricalSummary()).projected { grids.isNamed($0, in: column) }
    }

    /// What is told of one numeric column.
    func reading(numeric column: ColumnName) -> NumericReading {
        NumericReading(
            numeric(column), weighted: pane.isWeighted ? pane.weighted(numeric: column) : nil,
            grid: grids.grid(of: column))
    }

    /// The value of a measure of one categorical column.
    func value(_ measure: Measure, categorical column: ColumnName) -> Double? {
        let summary = pane.categorical[column] ?? CategoricalSummary()
        let weighted = pane.isWeighted ? pane.weighted(categorical: column) ?? summary : summary
        return switch measure {
        case .count: Double(summary.count)
        case .distinct: categorical(column).distinctCount?.value
        case .missing: Double(summary.missing)
        case .missingRatio: Self.ratio(weighted.missing, weighted.count + weighted.missing)
        case .typeErrors: Double(summary.typeErrors)
        case .typeErrorRatio: Self.ratio(weighted.typeErrors, weighted.count + weighted.missing)
        default: nil
        }
    }

    /// The value of a measure of the slice as a whole.
    func value(_ measure: Measure) -> Double? {
        switch measure {
        case .predictions: Double(pane.predictions)
        case .undeclared: Double(pane.undeclared)
        case .duplicateRatio: duplicates?.ratio
        case .labels: Double(counts.labels)
        case .labelCoverage: Self.ratio(judged.labels, pane.isWeighted ? pane.weightedPredictions : pane.predictions)
        case .corrections: Double(counts.corrections)
        case .rocAUC: schema.task == .binary ? RankQuality(outcomes.pairs)?.rocAUC : nil
        case .logLoss: outcomes.probabilities.logLoss
        case .brier: outcomes.probabilities.brier
        case .mae: judged.residuals?.mae
        case .rmse: judged.residuals?.rmse
        case .r2: judged.residuals?.r2
        case .bias: judged.residuals?.bias
        case .rmsle: judged.residuals?.rmsle
        case .mape: judged.residuals?.mape
        case .pinball: judged.residuals?.pinball(schema.quantile)
        case .calibrationError: outcomes.calibration.error
        case .prAUC: performance.estimate(measure)?.value
        default: confusionValue(measure)
        }
    }

    private func confusionValue(_ measure: Measure) -> Double? {
        let confusion = judged.confusion
        return switch measure {
        case .accuracy: confusion.accuracy
        case .precision: positiveQuality?.precision
        case .recall: positiveQuality?.recall
        case .f1: positiveQuality?.f1
        case .precisionMacro: confusion.macro.precision
        case .recallMacro: confusion.macro.recall
        case .f1Macro: confusion.macro.f1
        case .precisionMicro: confusion.micro.precision
        case .recallMicro: confusion.micro.recall
        case .f1Micro: confusion.micro.f1
        case .precisionWeighted: confusion.weighted.precision
        case .recallWeighted: confusion.weighted.recall
        case .f1Weighted: confusion.weighted.f1
        default: performance.estimate(measure)?.value
        }
    }

    private var positiveQuality: ClassQuality? {
        schema.task == .binary ? judged.confusion.quality(of: schema.positiveClass) : nil
    }

    /// A part of a whole; nil without any.
    static func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
