package import Monitoring

/// Series with their samples in order of time, for rule tests and backtests; a plain value.
package struct SeriesStorage: Sendable {
    /// How far back an instant selector looks.
    package let lookback: PrometheusDuration
    private var series: [Labels: [SelectedSeries.Point]] = [:]
    private var names: [String: Set<Labels>] = [:]

    /// No series yet.
    ///
    /// - Parameter lookback: How far back an instant selector looks, both ends included; Prometheus's default is 5
    ///   minutes.
    package init(lookback: PrometheusDuration = PrometheusDuration(microseconds: 300_000_000)) {
        self.lookback = lookback
    }

    /// Adds a sample; one that is not newer than the series' last is dropped, as Prometheus drops it.
    package mutating func append(_ value: Double, to labels: Labels, at time: Time) {
        append(SelectedSeries.Point(time: time, value: value), to: labels)
    }

    /// Ends a series: from this instant on no selector sees it, until a sample is added again.
    package mutating func markStale(_ labels: Labels, at time: Time) {
        append(SelectedSeries.Point(time: time, value: nil), to: labels)
    }

    private mutating func append(_ point: SelectedSeries.Point, to labels: Labels) {
        if let last = series[labels]?.last, last.time >= point.time { return }
        series[labels, default: []].append(point)
        names[labels.name, default: []].insert(labels)
    }

    /// What every selector of an expression may take when it is evaluated at an instant.
    package func series(for expression: Expression, at time: Time) -> [[SelectedSeries]] {
        zip(expression.selectors, expression.spans(from: time, through: time)).map { selector, span in
            let candidates = selector.name.map { names[$0] ?? [] } ?? Set(series.keys)
            return candidates.compactMap { labels in
                guard selector.matches(labels), let points = series[labels] else { return nil }
                let first = points.firstIndex { $0.time >= span.start - lookback } ?? points.endIndex
                let end = points.lastIndex { $0.time <= span.end }.map { $0 + 1 } ?? 0
                guard first < end else { return nil }
                return SelectedSeries(labels: labels, lookback: lookback, points: Array(points[first..<end]))
            }
        }
    }
}
