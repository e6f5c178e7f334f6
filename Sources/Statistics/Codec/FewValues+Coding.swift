/// A column of few values as bytes: the occupied index pairs, then for each pair its values.
///
/// | bytes | what |
/// | --- | --- |
/// | varint | how many index pairs the grid has |
/// | varint | the scale's exponent |
/// | varint | how many pairs are occupied |
/// | varint a pair | how many pairs are skipped, times 3, and 0 for one value in the interval, 1 for one at the cut point, else 2, after which both numbers follow as varints |
/// | 8 a value | the values of the interval in ascending order, then the cut point if it has any |
extension FewValues {
    /// What is counted of few values.
    struct Counted {
        var cells: GridCounts
        var moments: Moments
        var extremes = Extremes()
        var distinct = DistinctSketch(.column)
        var values: FewValues
    }

    /// Writes values with the cells that they lie in.
    static func write(_ values: [Double], in cells: GridCounts, scale: FixedPointScale, to writer: inout SummaryWriter)
    {
        writer.write(varint: UInt64(cells.pairCount))
        writer.write(scale)
        writer.write(varint: UInt64(cells.occupiedCount))
        var next = 0
        for (index, pair) in cells.occupied {
            let form: UInt64 = (pair.open, pair.point) == (1, 0) ? 0 : (pair.open, pair.point) == (0, 1) ? 1 : 2
            writer.write(varint: UInt64(index - next) * 3 + form)
            next = index + 1
            guard form == 2 else { continue }
            writer.write(varint: UInt64(pair.open))
            writer.write(varint: UInt64(pair.point))
        }
        var place = 0
        for (_, pair) in cells.occupied {
            // All values at a cut point are the same.
            for value in values[place..<place + pair.open + min(pair.point, 1)] { writer.write(double: value) }
            place += pair.open + pair.point
        }
    }

    /// Reads what ``write(_:in:scale:to:)`` wrote, and counts it anew.
    static func read(from reader: inout SummaryReader) throws(CodecError) -> Counted {
        let pairCount = try reader.count(upTo: RankGrid.mostCutPoints + 1)
        guard pairCount > 0 else { throw .invalid("values over no cells") }
        let scale = try FixedPointScale(from: &reader)
        var listed = Listed()
        try listed.read(over: pairCount, from: &reader)
        var counted = Counted(
            cells: GridCounts(pairCount: pairCount), moments: Moments(scale: scale), values: .unknown)
        counted.cells.reserveCapacity(listed.pairCount)
        try listed.count(on: scale, into: &counted.moments) { index, pair in counted.cells.append(index, pair) }
        counted.cells.count = listed.valueCount
        counted.cells.unsummed = counted.moments.unsummed
        counted.cells.settle()
        counted.extremes = listed.extremes
        counted.distinct = listed.distinct
        counted.values = FewValues(ascending: listed.ascending)
        return counted
    }
}
