/// The measures of a regression with their intervals, all by the central limit theorem over rows.
///
/// With the mean squared error M, its variance is `(mean(e^4) - M^2) / n`; RMSE and RMSLE are normal in the logarithm of M. For
/// R2 = 1 - M / V the influence of a row is `-(e^2 - (M / V) (y - mean)^2) / V`; `1 - R2` is normal in its logarithm. The other
/// measures are means of rows. Sound from about 100 rows on, with heavy tails from more.
package struct ResidualEstimates: Sendable {
    private let residuals: Residuals
    private let spread: ResidualSpread
    private let rows: Double
    /// Whether there are enough rows, all in the sums, for an interval.
    private let hasSpread: Bool

    /// The estimates of residuals with the sums that belong to them; a count stands for `unit` effective rows.
    package init(_ residuals: Residuals, spread: ResidualSpread, unit: Double = 1) {
        self.residuals = residuals
        self.spread = spread
        rows = Double(residuals.count) * unit
        hasSpread = spread.describes(residuals) && rows >= 2
    }

    private func mean(_ sum: RealSum) -> Double { sum.real / Double(residuals.count) }

    private var meanSquare: Double { residuals.rmse.map { $0 * $0 } ?? .nan }

    private func ofMean(_ value: Double?, square: Double) -> Estimate? {
        guard let value else { return nil }
        return Estimate(value, hasSpread ? Interval.mean(value, square: square, count: rows) : nil)
    }

    /// The mean absolute error.
    package var mae: Estimate? {
        ofMean(residuals.mae, square: meanSquare).flatMap { Estimate($0.value, $0.interval?.notBelowZero) }
    }

    /// The mean of prediction minus actual.
    package var bias: Estimate? { ofMean(residuals.bias, square: meanSquare) }

    /// The mean pinball loss of a quantile.
    package func pinball(_ quantile: Double) -> Estimate? {
        let square =
            quantile * quantile * mean(spread.underSquares)
            + (1 - quantile) * (1 - quantile) * mean(spread.overSquares)
        return ofMean(residuals.pinball(quantile), square: square).flatMap {
            Estimate($0.value, $0.interval?.notBelowZero)
        }
    }

    /// The mean relative error.
    package var mape: Estimate? {
        ofMean(residuals.mape, square: mean(spread.ratioSquares)).flatMap {
            Estimate($0.value, $0.interval?.notBelowZero)
        }
    }

    /// The root of the mean squared error.
    package var rmse: Estimate? { root(residuals.rmse, fourth: mean(spread.fourths)) }

    /// The root of the mean squared logarithmic error.
    package var rmsle: Estimate? { root(residuals.rmsle, fourth: mean(spread.logFourths)) }

    private func root(_ value: Double?, fourth: Double) -> Estimate? {
        guard let value else { return nil }
        let square = value * value
        guard hasSpread, square.isFinite else { return Estimate(value, nil) }
        let variance = max(fourth - square * square, 0) / (rows - 1)
        return Estimate(value, Interval.logarithmic(square, variance: variance)?.mapped { $0.squareRoot() })
    }

    /// The share of variance explained.
    package var r2: Estimate? {
        guard let value = residuals.r2 else { return nil }
        guard hasSpread, let center = residuals.actualMean, let variance = residuals.actualVariance, variance > 0 else {
            return Estimate(value, nil)
        }
        let ratio = 1 - value
        // Central moments from raw ones, which lose what the mean is larger than the spread, in fourth power.
        let loss = center * center / variance
        guard loss * loss < 1e9 else { return Estimate(value, nil) }
        let crossed = mean(spread.crossedSquares) - 2 * center * mean(spread.crossed) + center * center * meanSquare
        let raw = variance + center * center
        let fourth =
            mean(spread.actualFourths) - 4 * center * mean(spread.thirds) + 6 * center * center * raw
            - 3 * center * center * center * center
        let influence = mean(spread.fourths) - 2 * ratio * crossed + ratio * ratio * fourth
        let interval = Interval.logarithmic(
            ratio, variance: max(influence, 0) / (variance * variance) / (rows - 1))
        return Estimate(value, interval?.reflected())
    }
}

extension Interval {
    /// The interval without what lies below 0.
    fileprivate var notBelowZero: Interval? { Interval(low: max(low, 0), high: max(high, 0)) }
}
