#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The energy distance of two columns, from the cells of a rank grid.
///
/// Formula: `sqrt(2 integral of (F - G)^2)` (Szekely 2003), as `scipy.stats.energy_distance`; its unit is the root of the
/// column's. Between occupied cells the integral is exact. Inside a cell the integral of the gap is known and its range too,
/// so that of the square lies between the square of the mean (Cauchy and Schwarz) and what a gap of only the two outermost
/// levels has; a third of the way, where evenly spread values are, is taken, and `errorBound` covers the rest. Smallest sound
/// sample: about thirty values a side. O(K).
package struct EnergyDistance: Hashable, Sendable {
    /// The distance.
    package let distance: Double
    /// How far the true distance may be from it.
    package let errorBound: Double

    /// Compares counts on one grid; nil if a side is empty, without cut points, or if a value was too large to be summed.
    ///
    /// The extremes of both sides together narrow what lies beyond the outermost cut points.
    package init?(reference: GridCounts, window: GridCounts, grid: RankGrid, extremes: Extremes = Extremes()) {
        guard reference.count > 0, window.count > 0, grid.count > 0 else { return nil }
        guard reference.unsummed == 0, window.unsummed == 0 else { return nil }
        var area = GridArea(grid: grid, extremes: extremes)
        area.run(reference, window)
        self.init(area)
    }

    init?(_ area: GridArea) {
        let (least, most) = (max(area.leastSquare, 0), max(area.mostSquare, area.leastSquare, 0))
        let middle = min(max(area.likelySquare, least), most)
        distance = area.root(of: 2 * middle)
        guard distance.isFinite else { return nil }
        let spread = max(area.root(of: 2 * most) - distance, distance - area.root(of: 2 * least))
        // The integrand is a square, so a rounded gap of one part in 2^52 shows by its root at most.
        let rounding = distance * 0x1p-36 + area.root(of: area.span) * 0x1p-44
        errorBound = distance > 0 || spread > 0 ? spread + rounding : 0
        guard errorBound.isFinite else { return nil }
    }
}
