/// Quantiles of a column from the counts over a rank grid, in the meaning of `numpy.quantile`.
///
/// A rank that falls on a cut point, or on the only value of an open cell, is known exactly, and so are the least and the
/// greatest value. Elsewhere values are taken to lie evenly in their cell, and the bound says how far off that can be. O(log
/// occupied) a quantile, after O(occupied) once.
package struct GridQuantile: Sendable {
    /// A quantile, and how far the true one may be from it.
    package struct Estimate: Hashable, Sendable {
        package let value: Double
        package let errorBound: Double
    }

    private let counts: GridCounts
    /// How many values lie below each index pair that `counts` holds.
    private let ranks: [Int]
    private let count: Int
    private let isSummed: Bool
    private let grid: RankGrid
    private let least: Double
    private let greatest: Double

    /// Nil without values.
    package init?(_ counts: GridCounts, extremes: Extremes, grid: RankGrid) {
        guard counts.count > 0, let least = extremes.minimum, let greatest = extremes.maximum else { return nil }
        self.counts = counts
        (ranks, count) = counts.tallies.ranks
        isSummed = counts.unsummed == 0
        self.grid = grid
        self.least = least
        self.greatest = greatest
    }

    /// Quantiles of a summary; nil without values.
    package init?(_ summary: NumericSummary, grid: RankGrid) {
        self.init(summary.cells, extremes: summary.extremes, grid: grid)
    }

    /// The quantile at a share from 0 to 1.
    package func estimate(at share: Double) -> Estimate {
        let (rank, fraction) = LinearQuantile.position(share, count: count)
        let low = estimate(rank: rank)
        guard fraction > 0 else { return low }
        let high = estimate(rank: min(rank + 1, count - 1))
        return Estimate(
            value: LinearQuantile.between(low.value, high.value, fraction: fraction),
            errorBound: low.errorBound * (1 - fraction) + high.errorBound * fraction)
    }

    private func estimate(rank: Int) -> Estimate {
        if rank <= 0 { return Estimate(value: least, errorBound: 0) }
        if rank >= count - 1 { return Estimate(value: greatest, errorBound: 0) }
        var (low, high) = (0, ranks.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if ranks[middle] <= rank { low = middle } else { high = middle }
        }
        let pair = counts.pair(position: low)
        let index = counts.isDense ? low : Int(counts.indices[low])
        let offset = rank - ranks[low]
        guard offset < pair.open else { return Estimate(value: grid.guarded[index], errorBound: 0) }
        if pair.open == 1, isSummed { return Estimate(value: grid.scale.real(pair.sum.real), errorBound: 0) }
        let floor = index > 0 ? max(grid.guarded[index - 1], least) : least
        let ceiling = index < grid.count ? min(grid.guarded[index], greatest) : greatest
        let value = floor + (ceiling - floor) * ((Double(offset) + 0.5) / Double(pair.open))
        return Estimate(value: value, errorBound: max(ceiling - value, value - floor))
    }
}
