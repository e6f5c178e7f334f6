/// Mean and spread of the distances from a column's median, with the cut point next to it in its place.
///
/// The sum of distances from a cut point is an integer in units of the grid's scale, and the sum of their squares follows
/// from the moments. O(occupied cells).
package struct AbsoluteDeviation: Sendable {
    /// The mean distance, in units of the scale.
    let mean: Double
    /// The root mean squared distance, in units of the scale.
    private let root: Double

    /// Nil without sums, or if the median lies beyond all cut points.
    package init?(_ summary: NumericSummary, grid: RankGrid) {
        let moments = summary.moments
        guard moments.count > 0, moments.unsummed == 0, moments.mean != nil, let deviation = moments.deviation else {
            return nil
        }
        guard let half = Self.half(summary.cells, of: moments.count, grid) else { return nil }
        let center = grid.scale.quantised(grid.guarded[half.last])
        let count = Double(moments.count)
        let distance = moments.sum &- half.sum &- half.sum &+ Int128(half.held &+ half.held &- moments.count) &* center
        mean = distance.real / count
        let offset = (Int128(moments.count) &* center &- moments.sum).real / count
        root = (deviation / count + offset * offset).squareRoot()
    }

    /// The variance (ddof 0) of the distances over the square of a unit.
    func variance(inPartsOf unit: Double) -> Double {
        max((root / unit) * (root / unit) - (mean / unit) * (mean / unit), 0)
    }

    /// How many values lie up to the cut point next to the median, their sum, and the index of that point.
    private static func half(_ cells: GridCounts, of count: Int, _ grid: RankGrid) -> (
        held: Int, sum: Int128, last: Int
    )? {
        let (cuts, sums) = (grid.guarded.span, cells.sums)
        guard let (held, end) = cells.tallies.half(of: count) else { return nil }
        guard end > 0 else { return (0, 0, 0) }
        let last = cells.isDense ? end &- 1 : Int(cells.indices[end &- 1])
        guard last < grid.count else { return nil }
        // In loops of their own, of which the first is nothing but additions.
        var total = Int128(0)
        if sums.isWide {
            let wide = sums.wide.span
            for position in 0..<end { total &+= wide[position] }
        } else {
            let narrow = sums.narrow.span
            for position in 0..<end { total &+= Int128(truncatingIfNeeded: narrow[position]) }
        }
        cells.tallies.forEachPoint(upTo: end) { position, point in
            let cut = cells.isDense ? position : Int(cells.indices[position])
            total &+= grid.scale.quantised(cuts[cut], times: point)
        }
        return (held, total, last)
    }
}
