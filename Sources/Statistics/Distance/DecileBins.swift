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
        pass.run(reference, window)
        self.init(pass, grid: grid)
    }

    init(_ pass: Accumulator, grid: RankGrid) {
        edges = grid.deciles
        counts = pass.counts
        closing = pass.closing
    }

    /// How many values of both sides lie below each edge so far.
    struct Accumulator: CellAccumulator {
        let closing: BinClosing
        private let edges: [Int]
        private var below: [(reference: Double, window: Double)] = []
        private var rows = (reference: 0.0, window: 0.0)

        init(grid: RankGrid, closing: BinClosing) {
            self.closing = closing
            edges = grid.decileIndices
            below.reserveCapacity(edges.count + 1)
        }

        /// The counts of all bins.
        var counts: PairedCounts {
            let ends = below + Array(repeating: rows, count: edges.count + 1 - below.count)
            let starts = [(0, 0)] + ends
            func whole(_ number: Double) -> Int { Int(exactly: number) ?? 0 }
            return PairedCounts(
                reference: zip(starts, ends).map { whole($1.reference - $0.reference) },
                window: zip(starts, ends).map { whole($1.window - $0.window) })
        }

        mutating func add(_ cells: borrowing CellChunk) {
            rows = cells.rows
            var place = 0
            while below.count < edges.count {
                let edge = edges[below.count]
                while place < cells.count, cells.index(place) < edge { place &+= 1 }
                guard place < cells.count else { return }
                // An edge's own values lie above it where bins are closed at the left.
                let isAt = cells.index(place) == edge
                below.append(isAt ? cells.below(place, withPoint: closing != .left) : cells.below(place))
            }
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
