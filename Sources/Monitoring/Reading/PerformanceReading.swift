package import Statistics

/// The measures of performance of merged panes with their intervals, whether they are a window or a reference.
package struct PerformanceReading: Sendable {
    let counts: OutcomeCounts
    /// The outcomes besides the counts; nil where only those of an earlier state of knowledge are asked for.
    let outcomes: Outcomes?
    private let schema: ModelSchema
    /// How many effective rows a count stands for.
    let unit: Double
    /// The confusion matrix.
    package let table: ConfusionTable

    init(counts: OutcomeCounts, outcomes: Outcomes?, schema: ModelSchema, unit: Double = 1) {
        self.counts = counts
        self.outcomes = outcomes
        self.schema = schema
        self.unit = unit
        table = ConfusionTable(counts.confusion, unit: unit)
    }

    /// How many effective rows have a label.
    var effectiveLabels: Double { Double(counts.labels) * unit }

    /// A measure with its interval at level 0.95; nil where it is undefined, and without an interval where rows are too few.
    package func estimate(_ measure: Measure) -> Estimate? {
        switch measure {
        case .accuracy, .precisionMicro, .recallMicro, .f1Micro: table.accuracy
        case .precisionMacro: table.macroEstimate(.precision)
        case .recallMacro: table.macroEstimate(.recall)
        case .f1Macro: table.macroEstimate(.f1)
        case .precisionWeighted: table.weightedEstimate(.precision)
        case .recallWeighted: table.weightedEstimate(.recall)
        case .f1Weighted: table.weightedEstimate(.f1)
        case .balancedAccuracy: table.balancedAccuracy
        case .mcc: table.matthewsEstimate
        case .kappa: table.kappaEstimate
        case .mae, .rmse, .r2, .bias, .rmsle, .mape, .pinball: regression(measure)
        case _ where measure.readsLabelledScores: scored(measure)
        default: schema.task == .binary ? positive(measure) : nil
        }
    }

    private func positive(_ measure: Measure) -> Estimate? {
        let name = schema.positiveClass
        return switch measure {
        case .precision: table.precision(of: name)
        case .recall: table.recall(of: name)
        case .f1: table.f1(of: name)
        case .specificity: table.specificity(of: name)
        case .fpr: table.falsePositiveRate(of: name)
        case .fnr: table.falseNegativeRate(of: name)
        case .positiveRate: table.positiveRate(of: name)
        case .prevalence: table.prevalence(of: name)
        default: nil
        }
    }

    private func scored(_ measure: Measure) -> Estimate? {
        guard let outcomes else { return nil }
        switch measure {
        case .rocAUC:
            return schema.task == .binary ? outcomes.pairs.rocAUC(unit: unit) : nil
        case .prAUC:
            return schema.task == .binary ? ScoreCurve(outcomes.pairs, unit: unit).averagePrecisionEstimate : nil
        case .logLoss: return outcomes.probabilities.logLossEstimate(unit: unit)
        case .brier:
            return outcomes.probabilities.brierEstimate(unit: unit, most: schema.task == .binary ? 1 : 2)
        case .calibrationError: return outcomes.calibration.estimate(unit: unit)
        default: break
        }
        guard schema.task == .multiclass else { return nil }
        if let places = measure.placesCounted { return outcomes.ranks.accuracy(at: places, unit: unit) }
        guard let (area, isWeighted) = measure.classArea else { return nil }
        return isWeighted ? classAreas?.weighted(area) : classAreas?.macro(area)
    }

    /// How well the scores of every class rank the rows; nil where they are not kept of all labelled rows that have them.
    package var classAreas: ClassAreas? {
        guard let outcomes, schema.task == .multiclass, areaGap == nil else { return nil }
        return ClassAreas(outcomes.classScores, unit: unit)
    }

    private func regression(_ measure: Measure) -> Estimate? {
        guard let residuals = counts.residuals else { return nil }
        let estimates = ResidualEstimates(residuals, spread: outcomes?.spread ?? ResidualSpread(), unit: unit)
        return switch measure {
        case .mae: estimates.mae
        case .rmse: estimates.rmse
        case .r2: estimates.r2
        case .bias: estimates.bias
        case .rmsle: estimates.rmsle
        case .mape: estimates.mape
        case .pinball: estimates.pinball(schema.quantile)
        default: nil
        }
    }
}

extension PaneReading {
    /// The measures of performance with their intervals.
    ///
    /// Of an earlier state of knowledge, measures of scores are nil and regressions have no intervals.
    var performance: PerformanceReading {
        let unit = pane.isWeighted ? pane.effectiveLabels(knownAt: knownAt) / Double(max(judged.labels, 1)) : 1
        return PerformanceReading(counts: judged, outcomes: knownAt == nil ? outcomes : nil, schema: schema, unit: unit)
    }
}
