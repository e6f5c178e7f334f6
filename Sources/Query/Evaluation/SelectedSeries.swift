package import Monitoring

/// The samples of one series that a selector chose, in order of time.
package struct SelectedSeries: Sendable {
    /// A sample, or the end of the series.
    package struct Point: Sendable {
        /// When it was taken.
        package let time: Time
        /// The value; nil from where on the series has ended until the next sample.
        package let value: Double?

        /// A sample, or with nil an end.
        package init(time: Time, value: Double?) {
            self.time = time
            self.value = value
        }
    }

    /// The series, name included.
    package let labels: Labels
    /// How long an instant sees a sample, both ends included.
    package let lookback: PrometheusDuration
    /// The samples in ascending order of time.
    package let points: [Point]

    /// A series with these samples, which must be in ascending order of time.
    package init(labels: Labels, lookback: PrometheusDuration, points: [Point]) {
        self.labels = labels
        self.lookback = lookback
        self.points = points
    }

    /// A series that is seen with one sample at one instant.
    package init(_ sample: Sample, seenAt time: Time) {
        self.init(labels: sample.labels, lookback: .zero, points: [Point(time: time, value: sample.value)])
    }

    /// The newest sample at an instant; nil where it is older than the lookback, or has ended. Logarithmic.
    package func point(at time: Time) -> (time: Time, value: Double)? {
        let end = index { $0 > time }
        guard end > 0, points[end - 1].time >= time - lookback, let value = points[end - 1].value else { return nil }
        return (points[end - 1].time, value)
    }

    /// The samples of a stretch, both ends included.
    func samples(from: Time, through: Time) -> [RangeSeries.Point] {
        points[index { $0 >= from }..<max(index { $0 >= from }, index { $0 > through })].compactMap { point in
            point.value.map { RangeSeries.Point(time: point.time, value: $0) }
        }
    }

    /// The index of the first sample whose time fulfils a condition that holds from some time on.
    private func index(where belongs: (Time) -> Bool) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(points[middle].time) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
