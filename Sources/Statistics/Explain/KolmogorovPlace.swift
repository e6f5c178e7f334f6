/// Where the two distribution functions of a Kolmogorov-Smirnov statistic lie farthest apart.
///
/// The first place in ascending order, if there are several. O(occupied cells).
package struct KolmogorovPlace: Hashable, Sendable {
    /// The value at which the gap is.
    package let value: Double
    /// Whether values equal to it count as below; else the gap is just before it.
    package let isIncluded: Bool
    /// How many reference values lie below that place.
    package let reference: Int
    /// How many window values lie below that place.
    package let window: Int
    /// How many reference values there are.
    package let referenceTotal: Int
    /// How many window values there are.
    package let windowTotal: Int

    /// Nil if a side is empty, or where the grid has no cut points.
    package init?(reference: GridCounts, window: GridCounts, grid: RankGrid) {
        guard reference.count > 0, window.count > 0, grid.count > 0 else { return nil }
        let (n, m) = (reference.count, window.count)
        var below = (reference: 0, window: 0)
        var best = (gap: UInt128.zero, index: 0, isPoint: false, reference: 0, window: 0)
        PairedCells.visit(reference, window) { index, reference, window in
            for isPoint in [false, true] {
                below.reference &+= isPoint ? reference.point : reference.open
                below.window &+= isPoint ? window.point : window.open
                let gap = PairedCells.product(below.reference, m) &- PairedCells.product(below.window, n)
                if gap.magnitude > best.gap {
                    best = (gap.magnitude, index, isPoint, below.reference, below.window)
                }
            }
        }
        let index = min(best.index, grid.count - 1)
        value = grid.guarded[index]
        isIncluded = best.isPoint || best.index >= grid.count
        (self.reference, self.window) = (best.reference, best.window)
        (referenceTotal, windowTotal) = (n, m)
    }

    /// The gap itself, reference minus window; its magnitude is the statistic.
    package var gap: Double { Double(reference) / Double(referenceTotal) - Double(window) / Double(windowTotal) }

    /// How many values of other rows on the same grid lie below the place, and how many there are.
    package func count(of counts: GridCounts, grid: RankGrid) -> (below: Int, all: Int) {
        let place = RankGrid.rank(of: value, in: grid.cutPoints)
        var below = 0
        for (index, pair) in counts.occupied where index <= place {
            below &+= pair.open
            if index < place || isIncluded { below &+= pair.point }
        }
        return (below, counts.count)
    }
}
