/// Something that is added up over the cells of two sides in ascending order.
protocol CellAccumulator {
    /// Takes the next occupied index pairs.
    mutating func add(_ cells: borrowing CellChunk)
}

extension CellAccumulator {
    /// Takes all index pairs of two sides; one pass, O(occupied cells).
    @inline(__always)
    mutating func run(_ reference: GridCounts, _ window: GridCounts) {
        var chunk = CellChunk(reference.count, window.count)
        PairedCells.fill(&chunk, reference, window) { add($0) }
    }
}
