/// Something that is added up over the cells of two sides in ascending order.
protocol CellAccumulator {
    /// Takes the next index pairs.
    mutating func add(_ cells: borrowing CellChunk)
}

extension CellAccumulator {
    /// Takes all index pairs of two sides; one pass, O(K).
    @inline(__always)
    mutating func run(_ reference: GridCounts, _ window: GridCounts) {
        var chunk = CellChunk(reference, window)
        while chunk.advance() { add(chunk) }
    }
}
