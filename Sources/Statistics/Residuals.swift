/// The errors of a regression model, prediction minus actual, as exact integer sums.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1, in whatever order. A row whose
/// error or actual value does not fit the scale makes every measure nil.
package struct Residuals: MergeableSummary {
    /// The unit of the sums; residuals merge only with those of the same scale.
    package var scale: FixedPointScale { actuals.scale }
    /// How many rows had an error too large to be summed.
    private(set) var unsummed = 0
    private(set) var errorSum: Int128 = 0
    private(set) var magnitudeSum: Int128 = 0
    private(set) var squares = SquareSum()
    /// The relative and logarithmic errors.
    private(set) var relative = RelativeErrors()
    /// The actual values, which the share of explained variance is relative to.
    private(set) var actuals: Moments

    /// No rows yet.
    ///
    /// - Parameter scale: fits the actual values and predictions of the reference.
    package init(scale: FixedPointScale = .unscaled) {
        actuals = Moments(scale: scale)
    }

    init(
        unsummed: Int, errorSum: Int128, magnitudeSum: Int128, squares: SquareSum, actuals: Moments,
        relative: RelativeErrors = RelativeErrors()
    ) {
        self.unsummed = unsummed
        self.errorSum = errorSum
        self.magnitudeSum = magnitudeSum
        self.squares = squares
        self.actuals = actuals
        self.relative = relative
    }

    /// How many labelled rows there are.
    package var count: Int { actuals.count }

    package var isEmpty: Bool { self == Residuals(scale: scale) }

    /// Counts a labelled row as often as told, or takes it out with a number below 0. Rows without a number on either side
    /// are passed over.
    package mutating func fold(prediction: Double, actual: Double, times: Int = 1) {
        guard !prediction.isNaN, !actual.isNaN else { return }
        actuals.fold(actual, times: times)
        relative.fold(prediction: prediction, actual: actual, times: times)
        let error = prediction - actual
        guard scale.fits(error) else {
            unsummed &+= times
            return
        }
        let fixed = scale.quantised(error)
        errorSum &+= fixed &* Int128(times)
        magnitudeSum &+= abs(fixed) &* Int128(times)
        squares.add(squareOf: fixed, times: times)
    }

    package mutating func merge(_ other: Residuals) {
        unsummed &+= other.unsummed
        errorSum &+= other.errorSum
        magnitudeSum &+= other.magnitudeSum
        squares &+= other.squares
        actuals.merge(other.actuals)
        relative.merge(other.relative)
    }

    package mutating func subtract(_ other: Residuals) {
        unsummed &-= other.unsummed
        errorSum &-= other.errorSum
        magnitudeSum &-= other.magnitudeSum
        squares &-= other.squares
        actuals.subtract(other.actuals)
        relative.subtract(other.relative)
    }

    /// Whether every error is in the sums; by Cauchy and Schwarz the squares tell whether the others can have run over.
    var isSummed: Bool {
        count > 0 && unsummed == 0 && actuals.mean != nil && squares.boundsSum(ofCount: count)
    }

    /// The mean of the actual values; nil without rows.
    var actualMean: Double? { actuals.mean }

    /// The variance of the actual values; nil without rows.
    var actualVariance: Double? { actuals.variance }

    /// The mean absolute error; nil without rows.
    package var mae: Double? {
        guard isSummed else { return nil }
        return scale.real(magnitudeSum.real / Double(count))
    }

    /// The root of the mean squared error; nil without rows.
    package var rmse: Double? {
        guard isSummed else { return nil }
        return scale.real((squares.real / Double(count)).squareRoot())
    }

    /// The mean of prediction minus actual; nil without rows.
    package var bias: Double? {
        guard isSummed else { return nil }
        return scale.real(errorSum.real / Double(count))
    }

    /// The mean pinball loss of a quantile, `mean(q max(y - p, 0) + (1 - q) max(p - y, 0))` (Koenker and Bassett 1978,
    /// `sklearn.metrics.mean_pinball_loss`); nil without rows. Any quantile follows from the same sums.
    package func pinball(_ quantile: Double) -> Double? {
        guard isSummed, quantile >= 0, quantile <= 1 else { return nil }
        let (over, under) = (magnitudeSum &+ errorSum, magnitudeSum &- errorSum)
        let twice = quantile * under.real + (1 - quantile) * over.real
        return scale.real(twice / 2 / Double(count))
    }

    /// The root of the mean squared difference of `log(1 + x)` of both sides (`sklearn.metrics.root_mean_squared_log_error`);
    /// nil without rows or where a side is below 0.
    package var rmsle: Double? { relative.count == count ? relative.rmsle : nil }

    /// The mean of the error by the actual value, both in magnitude, a fraction (`sklearn.metrics.mean_absolute_percentage_error`);
    /// nil without rows. An actual value of 0 counts as the spacing of doubles at 1, as there, which makes it huge.
    package var mape: Double? { relative.count == count ? relative.mape : nil }

    /// The share of the actual values' variance that the predictions explain, `1 - sum(e^2) / sum((y - mean)^2)`; nil with
    /// fewer than two rows or where all actual values are equal.
    package var r2: Double? {
        guard count >= 2, isSummed, let deviation = actuals.deviation, deviation > 0 else { return nil }
        return 1 - squares.real / deviation
    }
}
