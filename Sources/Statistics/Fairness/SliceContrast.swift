/// Whether a slice of rows is worse than all rows outside of it, as a one-sided test.
package struct SliceContrast: Hashable, Sendable {
    /// The value of the slice.
    package let value: Double
    /// The value of all other rows.
    package let rest: Double
    /// The value of the slice minus that of the rest.
    package let difference: Double
    /// The interval of the difference at level 0.95.
    package let interval: Interval?
    /// How likely the slice would look at least as bad were it like the rest.
    package let pValue: Double

    /// Compares two shares, of which a low one is bad unless told otherwise.
    ///
    /// The pooled score test of two proportions (Pearson 1900, one-sided) over effective rows; Newcombe's interval (1998).
    /// Smallest sound sample: thirty effective rows a side. Nil without rows on a side. O(1).
    package init?(_ slice: WeightedShare, rest others: WeightedShare, isLowBad: Bool = true) {
        guard let value = slice.value, let rest = others.value else { return nil }
        let (n, m) = (slice.effectiveCount, others.effectiveCount)
        guard n > 0, m > 0 else { return nil }
        self.value = value
        self.rest = rest
        difference = value - rest
        interval = Interval.difference(slice, minus: others)
        let pooled = (slice.effectiveHits + others.effectiveHits) / (n + m)
        let spread = (pooled * (1 - pooled) * (1 / n + 1 / m)).squareRoot()
        let z = spread > 0 ? difference / spread : 0
        pValue = NormalDistribution.survival(isLowBad ? -z : z)
    }

    /// Compares two mean absolute errors, of which a high one is bad.
    ///
    /// Welch's test (1947) with the normal law. Errors are by weight where rows have some; `unit` and `restUnit` say how many
    /// effective rows one count is worth. Smallest sound sample: thirty effective rows a side. Nil with fewer than two on a side or
    /// where errors were too large to be summed. O(1).
    package init?(
        absoluteErrors slice: Residuals, rest others: Residuals, unit: Double = 1, restUnit: Double = 1
    ) {
        guard let (value, variance) = SliceContrast.absoluteError(slice, unit),
            let (rest, restVariance) = SliceContrast.absoluteError(others, restUnit)
        else { return nil }
        self.value = value
        self.rest = rest
        difference = value - rest
        interval = Interval.normal(difference, variance: variance + restVariance)
        let spread = (variance + restVariance).squareRoot()
        let z = spread > 0 ? difference / spread : difference > 0 ? .infinity : 0
        pValue = NormalDistribution.survival(z)
    }

    /// The mean absolute error and the variance of that mean.
    private static func absoluteError(_ residuals: Residuals, _ unit: Double) -> (mean: Double, variance: Double)? {
        let count = Double(residuals.count) * unit
        guard count >= 2, let mean = residuals.mae, let rmse = residuals.rmse else { return nil }
        let variance = max(rmse * rmse - mean * mean, 0) / (count - 1)
        return variance.isFinite ? (mean, variance) : nil
    }
}
