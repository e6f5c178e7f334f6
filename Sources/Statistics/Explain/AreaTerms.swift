/// What each decile bin adds to a Wasserstein distance: the area between the two distribution functions over it.
///
/// The areas add up to `Wasserstein.distance`; each carries half of the distance of its bounds, as there. O(K).
package struct AreaTerms: Hashable, Sendable {
    /// The area over each decile bin in ascending order, in the unit of the column.
    package let areas: [Double]
    /// How far each true area may be from it.
    package let errorBounds: [Double]

    /// Compares counts on one grid; nil where `Wasserstein` is.
    package init?(reference: GridCounts, window: GridCounts, grid: RankGrid) {
        guard reference.count > 0, window.count > 0, grid.count > 0 else { return nil }
        guard reference.unsummed == 0, window.unsummed == 0 else { return nil }
        var pass = Accumulator(area: GridArea(grid: grid), edges: grid.decileIndices)
        pass.run(reference, window)
        let bounds = pass.bounds
        areas = bounds.map { grid.scale.real(($0.least + $0.most) / 2) }
        errorBounds = bounds.map { grid.scale.real(max($0.most - $0.least, 0) / 2) }
        guard areas.allSatisfy(\.isFinite) else { return nil }
    }

    /// The bounds of the area over each bin so far.
    private struct Accumulator: CellAccumulator {
        private var area: GridArea
        private let edges: [Int]
        private var bin = 0
        private(set) var bounds: [(least: Double, most: Double)]

        init(area: GridArea, edges: [Int]) {
            self.area = area
            self.edges = edges
            bounds = [(least: Double, most: Double)](repeating: (0, 0), count: edges.count + 1)
        }

        mutating func add(_ cells: borrowing CellChunk) {
            area.add(cells)
            for place in 0..<CellColumns.places {
                // The stretch up to an edge belongs to the bin below it.
                while bin < edges.count, edges[bin] < cells.start + place { bin += 1 }
                bounds[bin].least += area.sums[.least, place]
                bounds[bin].most += area.sums[.most, place]
            }
            area.clear()
        }
    }
}
