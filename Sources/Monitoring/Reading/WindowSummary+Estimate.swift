package import Statistics

/// Performance that is expected without labels, and accuracy corrected for labels that come early.
extension WindowSummary {
    /// The fewest labelled rows on which an estimate is tried.
    package static let fewestTried = 30

    /// What is expected of all rows of the window by their scores.
    package func performanceEstimate() throws(EstimateGap) -> PerformanceEstimate {
        let scores = try usableScores()
        guard let calibrator = reference?.calibrator else { throw .noReference }
        guard let estimate = PerformanceEstimate(scores, calibrator: calibrator, threshold: decisiveThreshold) else {
            throw .noScores
        }
        return estimate
    }

    /// The accuracy of all rows, from that of the labelled ones of the same scores.
    package func correctedAccuracy() throws(EstimateGap) -> Estimate {
        let scores = try usableScores()
        let deciles = grids.grid(of: .score).deciles
        guard !deciles.isEmpty else { throw .noReference }
        let (pairs, unit) = pane.labelledScores
        do throws(CorrectedAccuracy.Refusal) {
            return try CorrectedAccuracy(
                scores, labelled: pairs, edges: deciles, threshold: decisiveThreshold, unit: unit
            ).estimate
        } catch {
            switch error {
            case .noScores: throw .noLabels
            case .unlabelledScores: throw .unlabelledScores
            }
        }
    }

    /// The threshold by which a score decides the class; nil where the score says how sure the predicted class is.
    var decisiveThreshold: Double? { schema.task == .binary ? schema.threshold : nil }

    /// Why nothing is expected by the scores; nil where something is.
    var performanceGap: EstimateGap? {
        do throws(EstimateGap) {
            _ = try usableScores()
            return nil
        } catch {
            return error
        }
    }

    /// The scores of all rows, where classes follow from them.
    private func usableScores() throws(EstimateGap) -> ScoreDistribution {
        guard schema.task.isClassification else { throw .task }
        let column = numeric(.score)
        guard column.count > 0 else { throw .noScores }
        guard column.missing == 0 else { throw .missingScores }
        let scores = ScoreDistribution(column.cells, grid: grids.grid(of: .score))
        guard schema.task == .binary else { return byWeight(scores) }
        let predicted = categorical(.prediction)
        let positives = predicted.named[schema.positiveClass] ?? 0
        let possible = scores.rows(atLeast: schema.threshold)
        // Rows that do not say their class go by the threshold, and classes without a name of their own may be any.
        let unsaid = predicted.missing + predicted.hashed.values.reduce(0, +)
        guard Double(positives) <= possible.upperBound, Double(positives + unsaid) >= possible.lowerBound else {
            throw .otherThreshold
        }
        return byWeight(scores)
    }

    /// The same scores in effective rows, where any row counts more or less than once.
    private func byWeight(_ scores: ScoreDistribution) -> ScoreDistribution {
        guard pane.isWeighted, let column = pane.weighted(numeric: .score), column.count > 0 else { return scores }
        return ScoreDistribution(
            column.cells, grid: grids.grid(of: .score),
            unit: pane.effectiveCount(of: .score) / Double(column.count))
    }

    /// The value of a measure of the scope `estimate`.
    func estimatedValue(_ measure: Measure) -> Double? {
        switch measure {
        case .labelLagP50: labelLag(0.5)
        case .labelLagP90: labelLag(0.9)
        case .labelMaturity: maturity.map { $0.isMature ? 1 : 0 }
        case .estimateError: estimateTrial?.error
        case .estimateTrust: estimateTrial.map { $0.isInside ? 1 : 0 }
        default: expected(measure)?.value
        }
    }

    /// A measure of the scope `estimate` that has an interval.
    func expected(_ measure: Measure) -> Estimate? {
        do throws(EstimateGap) {
            if measure == .accuracyCorrected { return try correctedAccuracy() }
            if measure.isOfClasses { return try classEstimates().value(of: measure) }
            return try performanceEstimate().value(of: measure, task: schema.task)
        } catch {
            return nil
        }
    }
}

extension Pane {
    /// The labelled scores by weight, with how many effective rows a count stands for.
    var labelledScores: (pairs: ScorePairs, unit: Double) {
        guard isWeighted else { return (outcomes.pairs, 1) }
        let weighted = weightedOutcomes
        return (weighted.pairs, effectiveLabels() / Double(max(weighted.counts.labels, 1)))
    }

    /// What the scores mean by the labels; nil without labelled scores of both outcomes.
    var scoreCalibrator: ScoreCalibrator? {
        let (pairs, unit) = labelledScores
        return ScoreCalibrator(pairs, unit: unit)
    }
}

extension PerformanceEstimate {
    /// An expected measure; of a model with many classes accuracy alone, as the score of the predicted class tells.
    package func value(of measure: Measure, task: ModelSchema.Task) -> Estimate? {
        if measure == .estimatedAccuracy { return accuracy }
        guard task == .binary else { return nil }
        return switch measure {
        case .estimatedPrecision: precision
        case .estimatedRecall: recall
        case .estimatedF1: f1
        case .estimatedSpecificity: specificity
        case .estimatedROCAUC: rocAUC
        case .estimatedPRAUC: averagePrecision
        default: nil
        }
    }

    /// How far an expected measure may be from that of the scores themselves.
    package func bound(of measure: Measure) -> Double? {
        switch measure {
        case .estimatedAccuracy: accuracyBound
        case .estimatedPrecision: ratioBounds.precision
        case .estimatedRecall: ratioBounds.recall
        case .estimatedF1: ratioBounds.f1
        case .estimatedSpecificity: ratioBounds.specificity
        case .estimatedROCAUC: areaBound
        case .estimatedPRAUC: averagePrecisionBound
        default: nil
        }
    }
}
