/// An accumulator whose parts are read apart for some cells, as those of one bin.
protocol PartAccumulator: CellAccumulator {
    associatedtype Part: CellPart
    /// What is added up so far, by places of chunks.
    var sums: CellSums<Part> { get }
    /// Forgets what was added, but not what is known of the two sides.
    mutating func clear()
}

/// What an accumulator adds up over the cells, decile bin by decile bin.
///
/// A cut point belongs to the bin below it, as with bins closed at the right. O(K).
struct BinnedSums<Source: PartAccumulator>: CellAccumulator {
    private var source: Source
    private let edges: [Int]
    private var bin = 0
    private var numbers: [Double]

    /// Adds up over all cells of two sides that are counted on one grid.
    init(_ source: Source, reference: GridCounts, window: GridCounts, grid: RankGrid) {
        self.source = source
        edges = grid.decileIndices
        numbers = [Double](repeating: 0, count: (edges.count + 1) * Source.Part.count)
        run(reference, window)
    }

    mutating func add(_ cells: borrowing CellChunk) {
        source.add(cells)
        for place in 0..<CellColumns.places {
            while bin < edges.count, edges[bin] < cells.start + place { bin += 1 }
            for part in 0..<Source.Part.count {
                guard let name = Source.Part(rawValue: part) else { continue }
                numbers[bin * Source.Part.count + part] += source.sums[name, place]
            }
        }
        source.clear()
    }

    /// The bins in ascending order.
    var bins: Range<Int> { 0..<edges.count + 1 }

    /// What a bin adds to a part.
    subscript(_ part: Source.Part, _ bin: Int) -> Double { numbers[bin * Source.Part.count + part.rawValue] }
}
