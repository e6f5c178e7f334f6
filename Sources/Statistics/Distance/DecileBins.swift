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
        var pass = Accumulator(grid: grid, closing: closing)
        PairedCells.visit(reference, window) { pass.add($0, $1, $2) }
        self.init(pass, grid: grid)
    }

    init(_ pass: Accumulator, grid: RankGrid) {
        edges = grid.deciles
        counts = PairedCounts(reference: pass.expected, window: pass.found)
        closing = pass.closing
    }

    /// The counts of the bins so far.
    struct Accumulator: CellAccumulator {
        let closing: BinClosing
        private(set) var expected: [Int]
        private(set) var found: [Int]
        private let edgeIndices: [Int]
        private var bin = 0

        init(grid: RankGrid, closing: BinClosing) {
            self.closing = closing
            edgeIndices = grid.decileIndices
            expected = [Int](repeating: 0, count: edgeIndices.count + 1)
            found = expected
        }

        @inline(__always)
        mutating func add(_ step: CellStep) { add(step.index, step.reference, step.window) }

        @inline(__always)
        mutating func add(_ index: Int, _ reference: CellPair, _ window: CellPair) {
            // Open cells lie above every edge of a smaller index; a cut point that is an edge opens the next bin if bins
            // are closed at the left.
            while bin < edgeIndices.count, edgeIndices[bin] < index { bin += 1 }
            expected[bin] &+= reference.open
            found[bin] &+= window.open
            let isEdge = bin < edgeIndices.count && edgeIndices[bin] == index
            let pointBin = isEdge && closing == .left ? bin + 1 : bin
            expected[pointBin] &+= reference.point
            found[pointBin] &+= window.point
        }
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
