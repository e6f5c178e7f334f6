import Statistics

/// Why a window does not tell how well the model does.
extension WindowSummary {
    /// Why a measure of performance has no value.
    package func performanceGap(_ measure: Measure) -> NullReason {
        isUnanswered(measure) ? .notAtEnd : performance.gap(measure) ?? .undefined
    }

    /// Why a measure of performance has no interval.
    package func intervalGap(_ measure: Measure) -> NullReason {
        isUnanswered(measure) ? .notAtEnd : performance.intervalGap(measure) ?? .undefined
    }

    /// Why the accuracy is not corrected at all.
    package var correctionGap: NullReason { schema.task.isClassification ? .notAtEnd : .otherTask }

    /// Why what is expected was not tried on labelled rows.
    package var trialGap: NullReason {
        if isKnownAtEnd { return .notAtEnd }
        do throws(EstimateGap) {
            _ = try performanceEstimate()
            return labels == 0 ? .noLabels : .insufficient
        } catch {
            return error.reason
        }
    }

    /// Why labelled rows are not counted by their scores, of this window or else of the side that it is compared with.
    package func scoreBinsGap(against other: WindowSummary?) -> NullReason {
        if schema.task != .binary { return .otherTask }
        if isKnownAtEnd { return .notAtEnd }
        let pane = scoreBins == nil ? pane : other?.pane ?? reference?.pane
        return pane?.outcomes.pairs.isEmpty == false ? .otherThreshold : .noScores
    }
}
