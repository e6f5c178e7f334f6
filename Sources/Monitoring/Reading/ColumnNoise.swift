import Statistics

/// What the laws of a column's measures need of its reference, whatever the window.
package struct ColumnNoise: Sendable {
    /// The reference's values by rank; nil for texts.
    let ranks: ReferenceRanks?
    /// How far the reference's values lie from their median; nil for texts, and where no one asked.
    let deviation: AbsoluteDeviation?

    /// The counts of the reference's bins that are closed at the left, or of its categories.
    private let left: [Int]

    /// The counts of the reference's bins that are closed at the right, or of its categories.
    private let right: [Int]

    /// The noise of numbers, which are worth so many rows where they are weighted.
    ///
    /// - Complexity: O(cells).
    init(_ cells: GridCounts, grid: RankGrid, rows: Int? = nil, deviation: AbsoluteDeviation? = nil) {
        self.deviation = deviation
        ranks = ReferenceRanks(cells, grid: grid, rows: rows)
        let none = GridCounts(grid: grid)
        let counts = { (closing: BinClosing) in
            let bins = DecileBins(reference: cells, window: none, grid: grid, closing: closing)
            return ReferenceBins.scaled(bins.counts.reference, to: rows)
        }
        (left, right) = (counts(.left), counts(.right))
    }

    /// The noise of texts.
    init(categories counts: [Int]) {
        (ranks, deviation) = (nil, nil)
        (left, right) = (counts, counts)
    }

    /// The counts of the reference over bins or categories.
    func bins(_ closing: BinClosing) -> [Int] { closing == .left ? left : right }
}
