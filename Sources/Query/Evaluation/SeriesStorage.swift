package import Monitoring

/// Series with their samples in order of time, for rule tests and backtests; a plain value.
package struct SeriesStorage: Sendable {
    private struct Point: Sendable {
        let time: Time
        /// Nil marks the end of the series.
        let value: Double?
    }

    /// How far back an instant selector looks.
    package let lookback: PrometheusDuration
    private var series: [Labels: [Point]] = [:]
    private var names: [String: Set<Labels>] = [:]

    /// No series yet.
    ///
    // / - Parameter lookback: How far back an instant selector looks, both ends included; Prometheus's default is 5
    // minutes.
    package init(lookback: PrometheusDuration = PrometheusDuration(microseconds: 300_000_000)) {
        self.lookback = lookback
    }

    /// Adds a sample; one that is not newer than the series' last is dropped, as Prometheus drops it.
    package mutating func append(_ value: Double, to labels: Labels, at time: Time) {
        append(Point(time: time, value: value), to: labels)
    }

    /// Ends a series: from this instant on no selector sees it, until a sample is added again.
    package mutating func markStale(_ labels: Labels, at time: Time) {
        append(Point(time: time, value: nil), to: labels)
    }

    private mutating func append(_ point: Point, to labels: Labels) {
        if let last = series[labels]?.last, last.time >= point.time { return }
        series[labels, default: []].append(point)
        names[labels.name, default: []].insert(labels)
    }

    /// What a selector sees at an instant.
    package func samples(of selector: VectorSelector, at time: Time) -> [Sample] {
        let instant = time - selector.offset
        let candidates = selector.name.map { names[$0] ?? [] } ?? Set(series.keys)
        return candidates.compactMap { labels in
            guard selector.matches(labels), let value = value(of: labels, at: instant) else { return nil }
            return Sample(labels: labels, value: value)
        }
    }

    /// What every selector of an expression sees at an instant.
    package func samples(for expression: Expression, at time: Time) -> [[Sample]] {
        expression.selectors.map { samples(of: $0, at: time) }
    }

    /// The newest value that is not older than the lookback. Logarithmic.
    private func value(of labels: Labels, at time: Time) -> Double? {
        guard let points = series[labels] else { return nil }
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            if points[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        guard low > 0, points[low - 1].time >= time - lookback else { return nil }
        return points[low - 1].value
    }
}
