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
        var counted = Counted(
            cells: GridCounts(pairCount: pairCount), moments: Moments(scale: scale), values: .unknown)
        let pairs = try readPairs(of: pairCount, from: &reader)
        var values: [Double] = []
        counted.cells.reserveCapacity(pairs.count)
        for (index, open, point) in pairs {
            var pair = CellPair(open: open, point: point, sum: 0)
            for _ in 0..<open {
                let value = try next(after: values.last, from: &reader)
                values.append(value)
                if scale.fits(value) { pair.sum &+= scale.quantised(value) } else { counted.cells.unsummed += 1 }
            }
            if point > 0 {
                let value = try next(after: values.last, from: &reader)
                values.append(contentsOf: repeatElement(value, count: point))
            }
            counted.cells.append(index, pair)
        }
        counted.cells.count = values.count
        counted.cells.settle()
        for value in values {
            counted.moments.fold(value)
            counted.extremes.fold(value)
        }
        guard counted.moments.unsummed == counted.cells.unsummed else { throw .invalid("a cut point beyond the scale") }
        var seen = InlineArray<64, UInt32>(repeating: 0)
        counted.distinct.fold(values.span, seen: &seen)
        counted.values = FewValues(ascending: values)
        return counted
    }

    private static func readPairs(
        of pairCount: Int, from reader: inout SummaryReader
    ) throws(CodecError) -> [(index: Int32, open: Int, point: Int)] {
        var pairs: [(index: Int32, open: Int, point: Int)] = []
        var (next, count) = (0, 0)
        for _ in 0..<(try reader.count(upTo: most)) {
            let head = try reader.count(upTo: 3 * pairCount + 2)
            let index = next + head / 3
            guard index < pairCount else { throw .invalid("a cell outside the grid") }
            next = index + 1
            var (open, point) = (head % 3 == 0 ? 1 : 0, head % 3 == 1 ? 1 : 0)
            if head % 3 == 2 { (open, point) = (try reader.count(upTo: most), try reader.count(upTo: most)) }
            count += open + point
            guard open + point > 0, count <= most else { throw .invalid("\(count) values that are few") }
            pairs.append((Int32(truncatingIfNeeded: index), open, point))
        }
        return pairs
    }

    private static func next(after last: Double?, from reader: inout SummaryReader) throws(CodecError) -> Double {
        let value = try reader.double() + 0
        guard !value.isNaN, last.map({ $0 <= value }) ?? true else { throw .invalid("values that do not ascend") }
        return value
    }
}
