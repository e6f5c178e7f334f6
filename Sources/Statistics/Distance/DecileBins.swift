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
        counts = pass.counts
        closing = pass.closing
    }

    /// The counts of the bins so far.
    struct Accumulator: CellAccumulator {
        let closing: BinClosing
        private var expected: [Int]
        private var found: [Int]
        private let edgeIndices: [Int]
        private var bin = 0
        /// Where the bin ends, and what it holds so far: memory is written once a bin.
        private var edge: Int
        private var held = (reference: 0, window: 0)

        init(grid: RankGrid, closing: BinClosing) {
            self.closing = closing
            edgeIndices = grid.decileIndices
            expected = [Int](repeating: 0, count: edgeIndices.count + 1)
            found = expected
            edge = edgeIndices.first ?? .max
        }

        /// The counts of all bins.
        var counts: PairedCounts {
            var all = self
            all.close()
            return PairedCounts(reference: all.expected, window: all.found)
        }

        @inline(__always)
        mutating func add(_ step: CellStep) { add(step.index, step.reference, step.window) }

        @inline(__always)
        mutating func add(_ index: Int, _ reference: CellPair, _ window: CellPair) {
            // Open cells lie above every edge of a smaller index; a cut point that is an edge opens the next bin if bins
            // are closed at the left.
            while edge < index { open(bin + 1) }
            held.reference &+= reference.open
            held.window &+= window.open
            if edge == index, closing == .left { open(bin + 1) }
            held.reference &+= reference.point
            held.window &+= window.point
        }

        /// Goes on with another bin.
        private mutating func open(_ next: Int) {
            close()
            bin = next
            edge = next < edgeIndices.count ? edgeIndices[next] : .max
        }

        /// Writes down what the bin holds.
        private mutating func close() {
            expected[bin] &+= held.reference
            found[bin] &+= held.window
            held = (0, 0)
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
