/// How many values of reference and window lie between the reference's decile edges.
///
/// The edges are cut points of the grid, so that the counts are exact with either closing. The outer bins are open to both
/// sides. O(occupied cells).
package struct DecileBins: Hashable, Sendable {
    /// One bin with its edges; nil at the open ends.
    package struct Bin: Hashable, Sendable {
        package let low: Double?
        package let high: Double?
        package let reference: Int
        package let window: Int
    }

    /// The decile edges without duplicates.
    package let edges: [Double]
    /// The counts of both sides, one more than edges.
    package let counts: PairedCounts
    /// Which edge of a bin belongs to it.
    package let closing: BinClosing

    /// Counts the bins of two sides that are counted on one grid.
    package init(reference: GridCounts, window: GridCounts, grid: RankGrid, closing: BinClosing) {
        precondition(reference.pairCount == window.pairCount, "reference and window are counted on one grid")
        edges = grid.deciles
        counts = PairedCounts(
            reference: reference.counts(between: grid.decileIndices, closing),
            window: window.counts(between: grid.decileIndices, closing))
        self.closing = closing
    }

    /// The bins in ascending order.
    package var bins: [Bin] {
        counts.reference.indices.map { bin in
            Bin(
                low: bin > 0 ? edges[bin - 1] : nil, high: bin < edges.count ? edges[bin] : nil,
                reference: counts.reference[bin], window: counts.window[bin])
        }
    }
}
