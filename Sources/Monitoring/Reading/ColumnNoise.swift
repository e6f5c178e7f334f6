import Statistics

/// What the laws of a column's measures need of its reference, whatever the window; each part is worked out when it is asked for.
package struct ColumnNoise: Sendable {
    private struct Source {
        let cells: GridCounts
        let grid: RankGrid
        let rows: Int?

        func bins(_ closing: BinClosing) -> [Int] {
            let bins = DecileBins(reference: cells, window: GridCounts(grid: grid), grid: grid, closing: closing)
            return ReferenceBins.scaled(bins.counts.reference, to: rows)
        }
    }

    /// Nil where all parts are known.
    private var source: Source?
    private var knownRanks: ReferenceRanks?
    private var left: [Int]?
    private var right: [Int]?

    /// How far the reference's values lie from their median; nil for texts, and where that was not worked out beforehand.
    let deviation: AbsoluteDeviation?

    /// The noise of numbers, which are worth so many rows where they are weighted. O(1).
    init(_ cells: GridCounts, grid: RankGrid, rows: Int? = nil) {
        source = Source(cells: cells, grid: grid, rows: rows)
        deviation = nil
    }

    /// The noise of numbers of which no part is worked out any more.
    ///
    /// - Complexity: O(cells).
    init(keeping summary: NumericSummary, grid: RankGrid) {
        let source = Source(cells: summary.cells, grid: grid, rows: nil)
        knownRanks = ReferenceRanks(summary.cells, grid: grid, rows: nil)
        (left, right) = (source.bins(.left), source.bins(.right))
        deviation = AbsoluteDeviation(summary, grid: grid)
    }

    /// The noise of texts.
    init(categories counts: [Int]) {
        (left, right) = (counts, counts)
        deviation = nil
    }

    /// The reference's values by rank; nil for texts. O(cells) the first time.
    mutating func ranks() -> ReferenceRanks? {
        guard let source, knownRanks == nil else { return knownRanks }
        knownRanks = ReferenceRanks(source.cells, grid: source.grid, rows: source.rows)
        return knownRanks
    }

    /// The counts of the reference over its bins that are closed at that side, or over categories. O(cells) the first time.
    mutating func bins(_ closing: BinClosing) -> [Int] {
        if let known = closing == .left ? left : right { return known }
        let counts = source?.bins(closing) ?? []
        if closing == .left { left = counts } else { right = counts }
        return counts
    }
}
