import Statistics

/// Why measures of performance have no value or no interval.
extension PerformanceReading {
    /// Why a measure has no value; nil where it has one.
    package func gap(_ measure: Measure) -> NullReason? {
        if estimate(measure) != nil { return nil }
        if counts.labels == 0 { return .noLabels }
        switch measure {
        case _ where measure.readsLabelledScores:
            return outcomes.map { scoreGap(measure, $0) } ?? .notAtEnd
        case .mae, .rmse, .r2, .bias, .rmsle, .mape, .pinball:
            return counts.residuals == nil ? .noPredictions : .undefined
        default: return counts.confusion.isEmpty ? .noPredictions : .undefined
        }
    }

    /// Why a measure has no interval; nil where it has one.
    package func intervalGap(_ measure: Measure) -> NullReason? {
        guard let estimate = estimate(measure) else { return gap(measure) }
        if estimate.interval != nil { return nil }
        if effectiveLabels < 2 { return .insufficient }
        return outcomes == nil && counts.residuals != nil ? .notAtEnd : .undefined
    }

    /// Why a class has no precision, recall or F1: no row was predicted so, none is so, or neither.
    package var classGap: NullReason {
        if counts.labels == 0 { return .noLabels }
        return counts.confusion.isEmpty ? .noPredictions : .noSuchRows
    }

    /// Why the scores of every class say nothing; nil where they do.
    package var areaGap: NullReason? {
        guard let outcomes else { return .notAtEnd }
        let scores = outcomes.classScores
        if counts.labels == 0 { return .noLabels }
        if outcomes.ranks.count == 0 { return .noClassScores }
        if scores.seen != outcomes.ranks.count { return .notCounted }
        if scores.outside != 0 { return .scoresOutside }
        return scores.hasMore ? .manyClasses : nil
    }

    private func scoreGap(_ measure: Measure, _ outcomes: Outcomes) -> NullReason {
        let sums = outcomes.probabilities
        switch measure {
        case .rocAUC, .prAUC: return outcomes.pairs.isEmpty ? .noScores : .oneClass
        case .calibrationError where outcomes.calibration.isEmpty: return .noScores
        case .logLoss, .brier:
            if sums.isEmpty { return .noPredictions }
            if sums.missing > 0 { return sums.count == 0 ? .noScores : .missingScores }
            if sums.outside > 0 { return .scoresOutside }
            return sums.undistanced > 0 ? .someProbabilities : .undefined
        case _ where measure.placesCounted != nil: return outcomes.ranks.count == 0 ? .noClassScores : .notCounted
        case _ where measure.classArea != nil: return areaGap ?? .missingClass
        default: return .scoresOutside
        }
    }
}
