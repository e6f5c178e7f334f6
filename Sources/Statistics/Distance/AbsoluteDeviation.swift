/// Mean and spread of the distances from a column's median, with the cut point next to it in its place.
///
/// The sum of distances from a cut point is an integer in units of the grid's scale, and the sum of their squares follows
/// from the moments. O(occupied cells).
struct AbsoluteDeviation {
    /// The mean distance, in units of the scale.
    let mean: Double
    /// The root mean squared distance, in units of the scale.
    private let root: Double

    /// Nil without sums, or if the median lies beyond all cut points.
    init?(_ summary: NumericSummary, grid: RankGrid) {
        let moments = summary.moments
        guard moments.count > 0, moments.unsummed == 0, moments.mean != nil, let deviation = moments.deviation else {
            return nil
        }
        var (held, total, position) = (0, Int128(0), 0)
        let cells = summary.cells
        while held &+ held < moments.count {
            guard position < cells.sums.count else { return nil }
            let index = cells.isDense ? position : Int(cells.indices[position])
            guard index < grid.count else { return nil }
            let (open, point) = cells.tallies[position]
            held &+= open &+ point
            total &+= cells.sums[position]
            if point != 0 { total &+= Int128(point) &* grid.scale.quantised(grid.guarded[index]) }
            position &+= 1
        }
        let last = cells.isDense ? position - 1 : Int(cells.indices[position - 1])
        let center = grid.scale.quantised(grid.guarded[last])
        let count = Double(moments.count)
        let distance = moments.sum &- total &- total &+ Int128(held &+ held &- moments.count) &* center
        mean = distance.real / count
        let offset = (Int128(moments.count) &* center &- moments.sum).real / count
        root = (deviation / count + offset * offset).squareRoot()
    }

    /// The variance (ddof 0) of the distances over the square of a unit.
    func variance(inPartsOf unit: Double) -> Double {
        max((root / unit) * (root / unit) - (mean / unit) * (mean / unit), 0)
    }
}
