import Monitoring

/// The functions of a stretch of samples, with Prometheus's treatment of NaN, infinities and few samples.
enum RangeFunctions {
    /// The value over the samples of one series, which are not none; nil where there are too few.
    static func value(_ function: QueryFunction, _ points: [RangeSeries.Point]) -> Double? {
        switch function {
        case .avgOverTime: average(points)
        case .sumOverTime: sum(points)
        case .countOverTime: Double(points.count)
        case .lastOverTime: points[points.count - 1].value
        case .maxOverTime: points.reduce(points[0].value) { $0 < $1.value || $0.isNaN ? $1.value : $0 }
        case .minOverTime: points.reduce(points[0].value) { $0 > $1.value || $0.isNaN ? $1.value : $0 }
        case .presentOverTime: 1
        case .stddevOverTime: variance(points).squareRoot()
        case .stdvarOverTime: variance(points)
        case .changes: Double(pairs(points).count { $0 != $1 && !($0.isNaN && $1.isNaN) })
        case .resets: Double(pairs(points).count { $1 < $0 })
        case .idelta: points.count < 2 ? nil : points[points.count - 1].value - points[points.count - 2].value
        case .deriv: points.count < 2 ? nil : line(points, from: points[0].time).slope
        default: nil
        }
    }

    /// The quantile, as the aggregation of the same name.
    static func quantile(_ share: Double, _ points: [RangeSeries.Point]) -> Double {
        Evaluator.quantile(share, points.map(\.value))
    }

    /// The change over a stretch, extrapolated to its ends where samples lie near them; nil of fewer than two samples.
    ///
    /// Of a counter, falls are taken for resets and the extrapolation stops where the counter would have been 0.
    /// With `inSecond` it is the change in a second.
    static func change(
        _ points: [RangeSeries.Point], from start: Time, to end: Time, isCounter: Bool, inSecond: Bool = false
    ) -> Double? {
        guard let first = points.first, let last = points.last, points.count > 1 else { return nil }
        var change = last.value - first.value
        if isCounter { for (before, after) in pairs(points) where after < before { change += before } }
        let covered = (last.time - first.time).seconds
        let distance = covered / Double(points.count - 1)
        var toStart = (first.time - start).seconds
        let toEnd = (end - last.time).seconds
        if isCounter, change > 0, first.value >= 0 { toStart = min(toStart, covered * (first.value / change)) }
        let threshold = distance * 1.1
        let length =
            covered + (toStart < threshold ? toStart : distance / 2) + (toEnd < threshold ? toEnd : distance / 2)
        let factor = length / covered
        return change * (inSecond ? factor / (end - start).seconds : factor)
    }

    /// The line through the samples by least squares: its rise in a second, and its value at an instant.
    static func line(_ points: [RangeSeries.Point], from instant: Time) -> (slope: Double, intercept: Double) {
        let level = points[0].value
        if points.allSatisfy({ $0.value == level }) { return level.isInfinite ? (.nan, .nan) : (0, level) }
        var (x, y, products, squares) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
        for point in points {
            let seconds = (point.time - instant).seconds
            x.add(seconds)
            y.add(point.value)
            products.add(seconds * point.value)
            squares.add(seconds * seconds)
        }
        let count = Double(points.count)
        let covariance = products.whole - x.whole * y.whole / count
        let variance = squares.whole - x.whole * x.whole / count
        let slope = covariance / variance
        return (slope, y.whole / count - slope * x.whole / count)
    }

    private static func sum(_ points: [RangeSeries.Point]) -> Double {
        var sum = CompensatedSum()
        for point in points { sum.add(point.value) }
        return sum.value
    }

    /// The running mean, which neither overflows nor turns equal infinities into NaN.
    private static func average(_ points: [RangeSeries.Point]) -> Double {
        var mean = CompensatedSum()
        for (index, point) in points.enumerated() {
            let value = point.value
            if mean.sum.isInfinite {
                if value.isInfinite, (mean.sum > 0) == (value > 0) { continue }
                if value.isFinite { continue }
            }
            let count = Double(index + 1)
            mean.add(value / count - mean.sum / count)
        }
        return mean.value
    }

    /// The population variance by Welford's recurrence, compensated.
    private static func variance(_ points: [RangeSeries.Point]) -> Double {
        var (mean, squares) = (CompensatedSum(), CompensatedSum())
        for (index, point) in points.enumerated() {
            let delta = point.value - mean.whole
            mean.add(delta / Double(index + 1))
            squares.add(delta * (point.value - mean.whole))
        }
        return squares.whole / Double(points.count)
    }

    private static func pairs(_ points: [RangeSeries.Point]) -> [(Double, Double)] {
        zip(points, points.dropFirst()).map { ($0.value, $1.value) }
    }
}
