package import Statistics

/// Performance of a model with many classes that is expected without labels.
extension WindowSummary {
    /// What is expected of all rows of the window by the scores of every class.
    package func classEstimates() throws(EstimateGap) -> ClassEstimates {
        guard schema.task == .multiclass else { throw .task }
        guard pane.predictions > 0 else { throw .noScores }
        guard pane.classScores.seen == pane.predictions else { throw .missingClassScores }
        let scores = pane.isWeighted ? pane.weightedClassScores : pane.classScores
        let unit = pane.isWeighted ? pane.effectiveCount / Double(max(scores.rows, 1)) : 1
        return try classEstimates(of: scores, unit: unit)
    }

    /// What would have been expected of exactly the labelled rows; nil where not all of them have scores of their classes.
    var labelledClassEstimates: ClassEstimates? {
        let outcomes = reading.outcomes
        let all = outcomes.counts.confusion.counts.values.reduce(0, &+)
        guard !isKnownAtEnd, schema.task == .multiclass, all == outcomes.predictedScores.rows,
            all == outcomes.classScores.rows
        else { return nil }
        do throws(EstimateGap) {
            return try classEstimates(of: outcomes.predictedScores, unit: performance.unit)
        } catch {
            // Why it cannot be is told of all rows.
            return nil
        }
    }

    private func classEstimates(of scores: ClassScores, unit: Double) throws(EstimateGap) -> ClassEstimates {
        guard let reference, let calibrators = reference.classCalibrators else { throw .noReferenceClasses }
        if scores.outside != 0 || reference.pane.outcomes.classScores.outside != 0 { throw .outside }
        if scores.hasMore || reference.pane.outcomes.classScores.hasMore { throw .manyClasses }
        guard let estimates = ClassEstimates(scores, calibrators: calibrators, unit: unit) else {
            throw .noReferenceClasses
        }
        return estimates
    }
}

extension ClassScores {
    /// Whether there are more classes than are kept.
    var hasMore: Bool { isWide || beyond != 0 }
}

extension ClassEstimates {
    /// What an expected measure is a mean of; nil for a measure that is none.
    private static func ratio(of measure: Measure) -> Ratio? {
        switch measure {
        case .estimatedPrecisionMacro: .precision
        case .estimatedRecallMacro: .recall
        case .estimatedF1Macro: .f1
        case .estimatedROCAUCMacro: .rocAUC
        case .estimatedPRAUCMacro: .averagePrecision
        default: nil
        }
    }

    /// An expected measure.
    package func value(of measure: Measure) -> Estimate? { Self.ratio(of: measure).flatMap(macro) }

    /// How far an expected measure may be from that of the scores themselves.
    package func bound(of measure: Measure) -> Double? { Self.ratio(of: measure).map(bound) }
}

extension Pane {
    /// What the scores of each class mean by the labels; nil where these are not kept.
    var classCalibrators: ClassCalibrators? {
        guard !outcomes.classScores.isEmpty else { return nil }
        guard isWeighted else { return ClassCalibrators(outcomes.classScores) }
        let weighted = weightedOutcomes
        return ClassCalibrators(
            weighted.classScores, unit: effectiveLabels() / Double(max(weighted.counts.labels, 1)))
    }
}
