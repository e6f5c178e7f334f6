/// The sorted cut points that a reference froze for one numeric column, and the `2K + 1` cells between and at them.
///
/// The two-sample Kolmogorov-Smirnov statistic is attained at a cell border, so counts per cell give it exactly where
/// all reference values are cut points, and within the reference share of the widest open interval otherwise. The
/// decile edges are always cut points, so that bin counts with either closing are exact.
///
/// Cell `2i` is the open interval below cut point `i` (cell `2K` the one above all), cell `2i + 1` the cut point itself.
package struct RankGrid: Hashable, Sendable {
    /// The cut points in ascending order, with a NaN behind them so that a search may look one past the end.
    let guarded: [Double]
    /// The decile edges without duplicates, as `numpy.quantile(x, i / 10)` gives them; none without a reference.
    package let deciles: [Double]
    /// The units of the sums that go with this grid.
    package let scale: FixedPointScale
    /// The equal-width bins of the column that froze the grid, whose edges are cut points.
    package let equalWidths: EqualWidthBins
    /// For every decile edge, the index of the cut point that it is.
    let decileIndices: [Int]

    /// The grid of a column without a reference: one open cell and the default scale.
    package static let empty = RankGrid(sortedCuts: [], deciles: [], scale: .unscaled)

    /// The most cut points that a grid may have when it is put together from stored parts.
    package static let mostCutPoints = 1 << 20

    /// A grid from stored parts; nil if the cut points are not finite, strictly ascending and within the scale, or an edge is
    /// none of them.
    package init?(
        cutPoints: [Double], deciles: [Double], scale: FixedPointScale, equalWidths: EqualWidthBins = .none
    ) {
        guard cutPoints.count <= RankGrid.mostCutPoints, cutPoints.allSatisfy(scale.fits) else { return nil }
        guard zip(cutPoints, cutPoints.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        guard zip(deciles, deciles.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        self.init(
            sortedCuts: cutPoints.map { $0 + 0 }, deciles: deciles.map { $0 + 0 }, scale: scale,
            equalWidths: equalWidths)
        guard decileIndices.count == deciles.count else { return nil }
    }

    init(
        sortedCuts: [Double], deciles: [Double], scale: FixedPointScale, equalWidths: EqualWidthBins = .none
    ) {
        self.equalWidths = equalWidths
        // No more room than is needed: grids stay.
        var guarded: [Double] = []
        guarded.reserveCapacity(sortedCuts.count + 1)
        guarded.append(contentsOf: sortedCuts)
        guarded.append(.nan)
        self.guarded = guarded
        self.deciles = deciles
        self.scale = scale
        decileIndices = deciles.compactMap { edge in
            let index = RankGrid.rank(of: edge, in: sortedCuts)
            return index < sortedCuts.count && sortedCuts[index] == edge ? index : nil
        }
    }

    /// How many cut points there are, K.
    package var count: Int { guarded.count - 1 }

    /// The cut points in ascending order.
    package var cutPoints: ArraySlice<Double> { guarded.prefix(count) }

    /// How many index pairs of an open interval and a cut point there are, K + 1.
    package var pairCount: Int { guarded.count }

    /// How many cells there are, 2K + 1.
    package var cellCount: Int { 2 * count + 1 }

    /// Where a cut point lies in units of the scale.
    @inline(__always)
    func place(of index: Int) -> Int128 { scale.quantised(guarded[index]) }

    /// The cell that a value lies in; NaN gives cell 0. O(log K).
    package func cell(of value: Double) -> Int {
        let index = RankGrid.rank(of: value, in: cutPoints)
        return 2 * index + (guarded[index] == value ? 1 : 0)
    }

    /// How many elements of a sorted collection are below a value.
    static func rank(of value: Double, in sorted: some RandomAccessCollection<Double>) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[sorted.index(sorted.startIndex, offsetBy: middle)] < value {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    package static func == (left: RankGrid, right: RankGrid) -> Bool {
        left.cutPoints == right.cutPoints && left.deciles == right.deciles && left.scale == right.scale
            && left.equalWidths == right.equalWidths
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(cutPoints)
        hasher.combine(scale)
    }
}
