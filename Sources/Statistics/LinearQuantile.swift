/// Quantiles as `numpy.quantile` computes them by default, to the last bit.
package enum LinearQuantile {
    /// Where a quantile lies among `count` sorted values: the rank below it, and how far to go towards the next.
    static func position(_ share: Double, count: Int) -> (rank: Int, fraction: Double) {
        let last = max(count - 1, 0)
        let virtual = Double(last) * min(max(share, 0), 1)
        let rank = min(Int(exactly: virtual.rounded(.down)) ?? last, last)
        return (rank, virtual - Double(rank))
    }

    /// The value between two neighbours: `a + (b - a) g`, and `b - (b - a)(1 - g)` from the middle on.
    static func between(_ low: Double, _ high: Double, fraction: Double) -> Double {
        let step = high - low
        return fraction >= 0.5 ? high - step * (1 - fraction) : low + step * fraction
    }

    /// The quantile of sorted values; nil if there are none.
    package static func value(_ share: Double, ofSorted values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let (rank, fraction) = position(share, count: values.count)
        return between(values[rank], values[min(rank + 1, values.count - 1)], fraction: fraction)
    }

    /// The nine decile edges of sorted values, duplicates removed.
    static func deciles(ofSorted values: [Double]) -> [Double] {
        var edges: [Double] = []
        for tenth in 1...9 {
            guard let edge = value(Double(tenth) / 10, ofSorted: values), edge.isFinite else { continue }
            if edges.last != edge { edges.append(edge + 0) }
        }
        return edges
    }
}
