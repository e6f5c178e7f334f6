#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A two-sided confidence interval at level 0.95.
///
/// Always finite, with `low <= high`. How often it holds the true value is checked by simulation for every measure.
package struct Interval: Hashable, Sendable {
    /// The least value that the data agree with.
    package let low: Double
    /// The greatest value that the data agree with.
    package let high: Double

    /// The normal quantile of 0.975.
    package static let quantile = 1.959963984540054

    /// An interval; nil where an end is not finite.
    package init?(low: Double, high: Double) {
        guard low.isFinite, high.isFinite, low <= high else { return nil }
        self.low = low
        self.high = high
    }

    /// How far apart the ends are.
    package var width: Double { high - low }

    /// Whether a value lies between the ends.
    package func contains(_ value: Double) -> Bool { low <= value && value <= high }

    /// The interval without what lies outside a range of possible values, and widened to hold the estimate itself.
    func limited(to range: ClosedRange<Double>, around value: Double) -> Interval {
        Interval(unchecked: min(max(low, range.lowerBound), value), max(min(high, range.upperBound), value))
    }

    /// The interval of `1 - x`, or of another falling linear function `offset - scale x` with a scale above 0.
    func reflected(offset: Double = 1, scale: Double = 1) -> Interval {
        Interval(unchecked: offset - scale * high, offset - scale * low)
    }

    /// The interval of a function that rises.
    func mapped(_ rising: (Double) -> Double) -> Interval? {
        Interval(low: rising(low), high: rising(high))
    }

    private init(unchecked low: Double, _ high: Double) {
        self.low = low
        self.high = high
    }
}

extension Interval {
    /// The interval of a share by Wilson's score (Wilson 1927); nil without rows.
    ///
    /// `hits` of `count` rows, both in effective rows, which need not be whole. Sound from one row on.
    package static func share(hits: Double, of count: Double) -> Interval? {
        guard count > 0, hits >= 0, hits <= count else { return nil }
        let square = quantile * quantile
        let share = hits / count
        let middle = (share + square / (2 * count)) / (1 + square / count)
        let reach =
            quantile / (1 + square / count)
            * (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
        return Interval(low: middle - reach, high: middle + reach)?.limited(to: 0...1, around: share)
    }

    /// The normal interval of an estimate with a known variance; nil where that is no number or below 0.
    package static func normal(_ value: Double, variance: Double) -> Interval? {
        guard variance >= 0 else { return nil }
        let reach = quantile * variance.squareRoot()
        return Interval(low: value - reach, high: value + reach)
    }

    /// The normal interval of a mean, from the mean of the squares and the effective number of rows; nil below two rows.
    static func mean(_ mean: Double, square: Double, count: Double) -> Interval? {
        guard count >= 2 else { return nil }
        return normal(mean, variance: max(square - mean * mean, 0) / (count - 1))
    }

    /// The interval of a positive estimate, normal in its logarithm (delta method); nil at 0.
    static func logarithmic(_ value: Double, variance: Double) -> Interval? {
        guard value > 0, variance >= 0 else { return nil }
        let reach = quantile * variance.squareRoot() / value
        return Interval(low: value * exp(-reach), high: value * exp(reach))
    }

    /// The interval of an estimate between 0 and 1, normal in its log-odds (delta method); nil at the ends.
    static func logistic(_ value: Double, variance: Double) -> Interval? {
        guard value > 0, value < 1, variance >= 0 else { return nil }
        let odds = log(value / (1 - value))
        let reach = quantile * variance.squareRoot() / (value * (1 - value))
        return Interval(low: 1 / (1 + exp(-(odds - reach))), high: 1 / (1 + exp(-(odds + reach))))
    }

    /// The interval of an estimate between -1 and 1, normal in its inverse hyperbolic tangent (Fisher 1921); nil at the ends.
    static func correlation(_ value: Double, variance: Double) -> Interval? {
        guard value > -1, value < 1, variance >= 0 else { return nil }
        let reach = quantile * variance.squareRoot() / (1 - value * value)
        return Interval(low: tanh(atanh(value) - reach), high: tanh(atanh(value) + reach))
    }

    /// The interval of the difference `left - right` of two independent estimates, from the interval of each.
    ///
    /// The distances of the ends from their estimates are added in squares (MOVER: Zou and Donner 2008). With Wilson
    /// intervals of shares it is Newcombe's hybrid score interval (Newcombe 1998, method 10), with normal ones Welch's.
    package static func difference(
        _ left: Double, _ leftInterval: Interval, minus right: Double, _ rightInterval: Interval
    ) -> Interval? {
        func root(_ first: Double, _ second: Double) -> Double { (first * first + second * second).squareRoot() }
        let value = left - right
        return Interval(
            low: value - root(left - leftInterval.low, rightInterval.high - right),
            high: value + root(leftInterval.high - left, right - rightInterval.low))
    }

    /// The interval of the mean of independent estimates, from the interval of each (MOVER); nil for none.
    static func mean(of parts: [(value: Double, interval: Interval)]) -> Interval? {
        guard !parts.isEmpty else { return nil }
        var (sum, below, above) = (0.0, 0.0, 0.0)
        for (value, interval) in parts {
            sum += value
            below += (value - interval.low) * (value - interval.low)
            above += (interval.high - value) * (interval.high - value)
        }
        let count = Double(parts.count)
        return Interval(low: (sum - below.squareRoot()) / count, high: (sum + above.squareRoot()) / count)
    }
}
