/// The Wasserstein-1 distance of two columns, from the cells of a rank grid: the area between their distribution functions.
///
/// Formula: `integral |F - G|` (Vallender 1974), as `scipy.stats.wasserstein_distance`. Within a cell in which the functions
/// do not cross, and in one with at most one value a side, the area follows exactly from counts and sums. Where they may
/// cross only bounds are known, and the middle is taken: `errorBound` is half of their distance, plus what rounding may
/// add. Smallest sound sample: about thirty values a side. O(K).
package struct Wasserstein: Hashable, Sendable {
    /// The distance, in the unit of the column.
    package let distance: Double
    /// How far the true distance may be from it.
    package let errorBound: Double

    /// Compares counts on one grid; nil if a side is empty, without cut points, or if a value was too large to be summed.
    package init?(reference: GridCounts, window: GridCounts, grid: RankGrid) {
        guard reference.count > 0, window.count > 0, grid.count > 0 else { return nil }
        guard reference.unsummed == 0, window.unsummed == 0 else { return nil }
        var area = GridArea(grid: grid)
        area.run(reference, window)
        self.init(area, grid: grid)
    }

    init?(_ area: GridArea, grid: RankGrid) {
        distance = grid.scale.real((area.least + area.most) / 2)
        guard distance.isFinite else { return nil }
        // Room for rounding in a sum of floating-point terms, ours and another's that it is compared with, and for a
        // value that was written with twelve digits.
        let span = (grid.cutPoints.last ?? 0) * 0x1p-44 - (grid.cutPoints.first ?? 0) * 0x1p-44
        let rounding = distance > 0 ? distance * 0x1p-37 + span + 2 * distance.ulp : 0
        errorBound = grid.scale.real((area.most - area.least) / 2) + rounding
        guard errorBound.isFinite else { return nil }
    }

    /// The same in units of the reference's standard deviation; nil where that is 0 or unknown.
    package func normalised(by std: Double?) -> Wasserstein? {
        guard let std, std > 0, (distance / std).isFinite else { return nil }
        return Wasserstein(distance: distance / std, errorBound: errorBound / std)
    }

    private init(distance: Double, errorBound: Double) {
        self.distance = distance
        self.errorBound = errorBound
    }
}
