package import Statistics

/// Performance with intervals, and against the reference or an earlier window.
extension WindowSummary {
    /// The measures of performance with their intervals.
    ///
    /// Of an earlier state of knowledge, measures of scores are nil and regressions have no intervals.
    package var performance: PerformanceReading { reading.performance }

    /// The measures of the labelled rows of the reference; nil without one that has labels.
    package var referencePerformance: PerformanceReading? {
        guard let reading = referenceReading, reading.counts.labels > 0 else { return nil }
        return reading.performance
    }

    /// Accuracy and the other measures of counts as they were known at the window's end; nil unless that was read as well.
    package var performanceAtEnd: (labels: Int, reading: PerformanceReading)? {
        guard !isKnownAtEnd, !pane.outcomes.known.isEmpty else { return nil }
        let known = pane.outcomes.counts(knownAt: window.end)
        let reading = PaneReading(pane: pane, counts: known, schema: schema, grids: grids, knownAt: window.end)
        return (known.labels, reading.performance)
    }

    /// How far the average precision may be from that of the scores themselves; nil where it is undefined.
    package var precisionBound: Double? {
        isKnownAtEnd || schema.task != .binary ? nil : pane.outcomes.pairs.averagePrecisionBound
    }

    /// Whether a measure is not answered for an earlier state of knowledge that was asked for.
    package func isUnanswered(_ measure: Measure) -> Bool { isKnownAtEnd && measure.needsAllLabels }

    /// The measure that says best how well the model does: accuracy, or the mean absolute error.
    package var mainMeasure: Measure? {
        switch schema.task {
        case .binary, .multiclass: .accuracy
        case .regression: .mae
        case .unlabelled: nil
        }
    }

    /// A measure with its interval, of performance or of what is expected; nil where it is undefined.
    package func estimate(of measure: Measure) -> Estimate? {
        if isKnownAtEnd, measure.needsAllLabels { return nil }
        return measure.scope == .estimate ? expected(measure) : performance.estimate(measure)
    }

    /// How much worse a measure is than in the reference; nil where either side has none.
    package func decay(of measure: Measure) -> Decay? {
        referencePerformance?.estimate(measure).flatMap { Decay(of: measure, from: $0, to: estimate(of: measure)) }
    }

    /// How much worse a measure is than in another window; nil where either side has none.
    package func decay(of measure: Measure, since earlier: WindowSummary) -> Decay? {
        earlier.estimate(of: measure).flatMap { Decay(of: measure, from: $0, to: estimate(of: measure)) }
    }
}
