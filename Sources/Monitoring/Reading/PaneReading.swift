import Statistics

/// What can be told of merged panes by themselves, whether they are a window or a reference.
struct PaneReading {
    let pane: Pane
    /// The labels that count: all, or those that were known at the window's end.
    let counts: OutcomeCounts
    let schema: ModelSchema
    let grids: ColumnGrids

    func numeric(_ column: ColumnName) -> NumericSummary {
        pane.numeric[column] ?? NumericSummary(grid: grids.grid(of: column))
    }

    func categorical(_ column: ColumnName) -> CategoricalSummary {
        (pane.categorical[column] ?? CategoricalSummary()).projected { grids.isNamed($0, in: column) }
    }

    /// The value of a measure of one numeric column.
    func value(_ measure: Measure, numeric column: ColumnName) -> Double? {
        let summary = numeric(column)
        return switch measure {
        case .count: Double(summary.count)
        case .distinct: summary.distinctCount?.value
        case .missing: Double(summary.missing)
        case .missingRatio: ratio(summary.missing, summary.count + summary.missing)
        case .typeErrors: Double(summary.typeErrors)
        case .typeErrorRatio: ratio(summary.typeErrors, summary.count + summary.missing)
        case .outOfRange: Double(summary.outOfRange)
        case .outOfRangeRatio: ratio(summary.outOfRange, summary.count)
        case .mean: summary.moments.mean
        case .std: summary.moments.std
        case .min: summary.extremes.minimum
        case .max: summary.extremes.maximum
        default: nil
        }
    }

    /// The value of a measure of one categorical column.
    func value(_ measure: Measure, categorical column: ColumnName) -> Double? {
        let summary = pane.categorical[column] ?? CategoricalSummary()
        return switch measure {
        case .count: Double(summary.count)
        case .distinct: categorical(column).distinctCount?.value
        case .missing: Double(summary.missing)
        case .missingRatio: ratio(summary.missing, summary.count + summary.missing)
        case .typeErrors: Double(summary.typeErrors)
        case .typeErrorRatio: ratio(summary.typeErrors, summary.count + summary.missing)
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
        case .labelCoverage: ratio(counts.labels, pane.predictions)
        case .corrections: Double(counts.corrections)
        case .rocAUC: RankQuality(pane.outcomes.pairs)?.rocAUC
        case .logLoss: pane.outcomes.probabilities.logLoss
        case .brier: pane.outcomes.probabilities.brier
        case .mae: counts.residuals?.mae
        case .rmse: counts.residuals?.rmse
        case .r2: counts.residuals?.r2
        case .bias: counts.residuals?.bias
        default: confusionValue(measure)
        }
    }

    private func confusionValue(_ measure: Measure) -> Double? {
        let confusion = counts.confusion
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
        default: nil
        }
    }

    private var positiveQuality: ClassQuality? {
        schema.task == .binary ? counts.confusion.quality(of: schema.positiveClass) : nil
    }

    private func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
