/// The bins of other tools, filled from the cells of a rank grid.
///
/// Only bins whose edges are cut points are filled, so that their counts are exact. Smallest sound sample: about five
/// values a bin, as for the distances of shares that are taken over them. O(occupied cells).
package enum PeerBins {
    /// The most distinct reference values that have a bin each in Evidently.
    static let mostValues = 20

    /// NannyML's: Doane's bins of the column that froze the grid, and one more for what lies outside of them.
    package static func nannyML(reference: GridCounts, window: GridCounts, grid: RankGrid) -> PairedCounts? {
        guard let edges = indices(grid.equalWidths.doane, of: grid) else { return nil }
        let last = edges.count - 1
        return counts(reference, window, bins: edges.count) { index, isPoint in
            let bin = bin(of: index, isPoint, edges)
            // A value at the last edge belongs to the last bin.
            if isPoint, index == edges[last] { return last - 1 }
            return bin == 0 || bin > last ? last : bin - 1
        }
    }

    /// Evidently's over fixed edges: Sturges' bins of the column that froze the grid, the outer ones open, or with at most 20
    /// distinct reference values one for each, and one for what lies between two of them.
    package static func evidently(reference: GridCounts, window: GridCounts, grid: RankGrid) -> PairedCounts? {
        if let values = distinct(reference) {
            return counts(reference, window, bins: 2 * values.count + 1) { index, isPoint in
                let rank = values.prefix { $0 < index }.count
                return isPoint && rank < values.count && values[rank] == index ? 2 * rank + 1 : 2 * rank
            }
        }
        guard let edges = indices(grid.equalWidths.sturges, of: grid) else { return nil }
        let bins = edges.count - 1
        return counts(reference, window, bins: bins) { index, isPoint in
            min(max(bin(of: index, isPoint, edges), 1), bins) - 1
        }
    }

    /// The cut points of a reference with few values; nil if there are more, or some are not at cut points.
    private static func distinct(_ reference: GridCounts) -> [Int]? {
        var values: [Int] = []
        for (index, pair) in reference.occupied {
            guard pair.open == 0, values.count <= mostValues else { return nil }
            if pair.point != 0 { values.append(index) }
        }
        return values.count <= mostValues ? values : nil
    }

    /// How many edges are at or below a cell; `edges` are indices of cut points.
    private static func bin(of index: Int, _ isPoint: Bool, _ edges: [Int]) -> Int {
        edges.prefix { $0 < index || isPoint && $0 == index }.count
    }

    /// The cut points that are edges; nil where they are not frozen.
    private static func indices(_ bins: Int, of grid: RankGrid) -> [Int]? {
        guard let least = grid.cutPoints.first, let greatest = grid.cutPoints.last else { return nil }
        guard let edges = EqualWidthBins.edges(bins, from: least, to: greatest) else { return nil }
        let found = edges.map { RankGrid.rank(of: $0, in: grid.cutPoints) }
        let areCuts = zip(found, edges).allSatisfy { $0 < grid.count && grid.guarded[$0] == $1 + 0 }
        return areCuts ? found : nil
    }

    private static func counts(
        _ reference: GridCounts, _ window: GridCounts, bins: Int, _ bin: (Int, Bool) -> Int
    ) -> PairedCounts {
        var expected = [Int](repeating: 0, count: bins)
        var found = expected
        PairedCells.visit(reference, window) { index, reference, window in
            if reference.open != 0 || window.open != 0 {
                let open = bin(index, false)
                expected[open] &+= reference.open
                found[open] &+= window.open
            }
            if reference.point != 0 || window.point != 0 {
                let point = bin(index, true)
                expected[point] &+= reference.point
                found[point] &+= window.point
            }
        }
        return PairedCounts(reference: expected, window: found)
    }
}
