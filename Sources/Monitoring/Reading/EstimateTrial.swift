package import Statistics

/// What would have been expected of exactly the labelled rows, beside what their labels say.
package struct EstimateTrial: Sendable {
    /// What was expected, with its interval.
    package let expected: Estimate
    /// What came.
    package let truth: Double

    /// The expected minus the true value.
    package var error: Double { expected.value - truth }

    /// Whether the true value lies in the interval that was expected.
    package var isInside: Bool { expected.interval?.contains(truth) ?? false }
}

extension WindowSummary {
    /// What would have been expected of exactly the labelled rows in accuracy, and what came.
    package var estimateTrial: EstimateTrial? { estimateTrial(of: .estimatedAccuracy) }

    /// What would have been expected of exactly the labelled rows in an expected measure, and what came; nil below 30 of them, and
    /// where the measure is not expected.
    package func estimateTrial(of measure: Measure) -> EstimateTrial? {
        let rows = pane.outcomes.pairs
        guard !isKnownAtEnd, measure.expects != nil, rows.positives + rows.negatives >= Self.fewestTried,
            let (expected, truth) = measure.isOfClasses ? classTrial(measure) : scoreTrial(measure)
        else { return nil }
        return EstimateTrial(expected: expected, truth: truth)
    }

    /// By the one score of every row.
    private func scoreTrial(_ measure: Measure) -> (Estimate, Double)? {
        guard performanceGap == nil else { return nil }
        let (pairs, unit) = pane.labelledScores
        guard let calibrator = reference?.calibrator,
            let expected = PerformanceEstimate(
                ScoreDistribution(pairs, unit: unit), calibrator: calibrator, threshold: decisiveThreshold)?
                .value(of: measure, task: schema.task),
            let truth = measure.expects.flatMap({ truth(of: $0, pairs) })
        else { return nil }
        return (expected, truth)
    }

    /// A measure of labelled scores, predictions going by the threshold.
    private func truth(of measure: Measure, _ pairs: ScorePairs) -> Double? {
        let decided = pairs.decisions(threshold: decisiveThreshold ?? -.infinity)
        let (hits, alarms) = (Double(decided.truePositives), Double(decided.falsePositives))
        let (misses, rejections) = (Double(decided.falseNegatives), Double(decided.trueNegatives))
        func share(_ part: Double, _ rest: Double) -> Double? { part + rest > 0 ? part / (part + rest) : nil }
        return switch measure {
        case .accuracy: share(hits + rejections, alarms + misses)
        case .precision: share(hits, alarms)
        case .recall: share(hits, misses)
        case .f1: share(2 * hits, alarms + misses)
        case .specificity: share(rejections, alarms)
        case .rocAUC: RankQuality(pairs)?.rocAUC
        case .prAUC: ScoreCurve(pairs).averagePrecisionEstimate?.value
        default: nil
        }
    }

    /// By the scores of every class.
    private func classTrial(_ measure: Measure) -> (Estimate, Double)? {
        guard let expected = labelledClassEstimates?.value(of: measure),
            let truth = measure.expects.flatMap(performance.estimate)
        else { return nil }
        return (expected, truth.value)
    }
}

extension Measure {
    /// The measure that labels give of what this one expects without them; nil for all that expect nothing.
    package var expects: Measure? {
        switch self {
        case .estimatedAccuracy: .accuracy
        case .estimatedPrecision: .precision
        case .estimatedRecall: .recall
        case .estimatedF1: .f1
        case .estimatedSpecificity: .specificity
        case .estimatedROCAUC: .rocAUC
        case .estimatedPRAUC: .prAUC
        case .estimatedPrecisionMacro: .precisionMacro
        case .estimatedRecallMacro: .recallMacro
        case .estimatedF1Macro: .f1Macro
        case .estimatedROCAUCMacro: .rocAUCMacro
        case .estimatedPRAUCMacro: .prAUCMacro
        default: nil
        }
    }

    /// Whether the measure is expected class by class.
    package var isOfClasses: Bool {
        switch self {
        case .estimatedPrecisionMacro, .estimatedRecallMacro, .estimatedF1Macro, .estimatedROCAUCMacro,
            .estimatedPRAUCMacro:
            true
        default: false
        }
    }

    /// The expected measures of a task, in the order in which they are told.
    package static func expected(of task: ModelSchema.Task) -> [Measure] {
        switch task {
        case .binary:
            [
                .estimatedAccuracy, .estimatedPrecision, .estimatedRecall, .estimatedF1, .estimatedSpecificity,
                .estimatedROCAUC, .estimatedPRAUC,
            ]
        case .multiclass:
            [
                .estimatedAccuracy, .estimatedPrecisionMacro, .estimatedRecallMacro, .estimatedF1Macro,
                .estimatedROCAUCMacro, .estimatedPRAUCMacro,
            ]
        case .regression, .unlabelled: []
        }
    }
}
