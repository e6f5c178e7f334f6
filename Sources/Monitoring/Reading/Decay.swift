package import Statistics

/// How much worse a measure of performance has become, whatever its direction: a loss is above 0.
package struct Decay: Hashable, Sendable {
    /// The loss.
    package let value: Double

    /// Its interval at level 0.95, both sides being independent samples; nil where a side has none.
    package let interval: Interval?

    /// Whether the data leave no doubt that the measure has become worse: the interval lies above 0. Nil without an interval.
    package var isWorse: Bool? { interval.map { $0.low > 0 } }

    /// The loss from an earlier to a later estimate; nil without either, and for measures that have no better or worse.
    package init?(of measure: Measure, from earlier: Estimate, to later: Estimate?) {
        guard let later, let direction = measure.direction else { return nil }
        let (left, right) = direction == .higher ? (earlier, later) : (later, earlier)
        value = left.value - right.value
        guard value.isFinite else { return nil }
        guard let first = left.interval, let second = right.interval else {
            interval = nil
            return
        }
        interval = Interval.difference(left.value, first, minus: right.value, second)
    }
}

extension Measure {
    /// Which values of a measure are better.
    package enum Direction: Sendable {
        /// More is better.
        case higher
        /// Less is better.
        case lower
    }

    /// Whether the measure has a confidence interval.
    package var hasInterval: Bool {
        switch self {
        case .labelLagP50, .labelLagP90, .labelMaturity, .estimateError, .estimateTrust: false
        default: scope == .performance || scope == .estimate || scope == .fairness && unit != .probability
        }
    }

    /// Which values are better; nil where neither is, as with shares of classes or the sign of an error.
    package var direction: Direction? {
        guard scope == .performance else { return nil }
        return switch self {
        case .bias, .positiveRate, .prevalence: nil
        case .logLoss, .brier, .mae, .rmse, .fpr, .fnr, .calibrationError, .rmsle, .mape, .pinball: .lower
        default: .higher
        }
    }
}
