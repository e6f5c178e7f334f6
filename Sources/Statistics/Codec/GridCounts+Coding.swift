/// Bytes of counts over a grid: a list of the occupied index pairs while they are few, else blocks of equal widths.
extension GridCounts: SummaryCoding {
    package static var kind: SummaryKind { .gridCounts }

    package func write(to writer: inout SummaryWriter) {
        let number = occupiedCount
        writer.write(varint: UInt64(pairCount))
        writer.write(zigzag: unsummed)
        writer.write(varint: UInt64(number))
        // Which form it is follows from the content alone.
        guard !Self.isPacked(number, of: pairCount) else { return PackedCells.write(self, to: &writer) }
        var next = 0
        for (index, pair) in occupied {
            writer.write(varint: UInt64(index - next))
            next = index + 1
            writer.write(zigzag: pair.open)
            writer.write(zigzag: pair.point)
            // Without values in the interval the sum is 0, but for what was subtracted wrongly; that must show as well.
            writer.write(int128: pair.sum)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let pairCount = try reader.count(upTo: RankGrid.mostCutPoints + 1)
        guard pairCount > 0 else { throw .invalid("counts over no cells") }
        self.init(pairCount: pairCount)
        unsummed = try reader.zigzag()
        let isPackable = reader.version >= 4
        let number = isPackable ? try reader.count(upTo: pairCount) : try reader.elementCount(bytesEach: 4)
        if isPackable, Self.isPacked(number, of: pairCount) {
            try PackedCells.read(into: &self, from: &reader)
        } else {
            guard number <= reader.remaining / 4 else { throw .truncated }
            try readList(number, from: &reader)
        }
        settle()
    }

    private static func isPacked(_ occupied: Int, of pairCount: Int) -> Bool { occupied > pairCount / 2 }

    private mutating func readList(_ number: Int, from reader: inout SummaryReader) throws(CodecError) {
        reserveCapacity(number)
        var next = 0
        for _ in 0..<number {
            let index = next + (try reader.count(upTo: RankGrid.mostCutPoints))
            guard index < pairCount else { throw .invalid("a cell outside the grid") }
            next = index + 1
            let pair = CellPair(open: try reader.zigzag(), point: try reader.zigzag(), sum: try reader.int128())
            guard !pair.isZero else { throw .invalid("a cell without values") }
            count &+= pair.open &+ pair.point
            append(Int32(truncatingIfNeeded: index), pair)
        }
    }
}
