extension GridCounts: SummaryCoding {
    package static var kind: SummaryKind { .gridCounts }

    package func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(pairCount))
        writer.write(zigzag: unsummed)
        writer.write(varint: UInt64(occupied.reduce(0) { number, _ in number + 1 }))
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
        let occupied = try reader.elementCount(bytesEach: 4)
        indices.reserveCapacity(occupied)
        pairs.reserveCapacity(occupied)
        var next = 0
        for _ in 0..<occupied {
            let index = next + (try reader.count(upTo: RankGrid.mostCutPoints))
            guard index < pairCount else { throw .invalid("a cell outside the grid") }
            next = index + 1
            let pair = CellPair(open: try reader.zigzag(), point: try reader.zigzag(), sum: try reader.int128())
            guard !pair.isZero else { throw .invalid("a cell without values") }
            count &+= pair.open &+ pair.point
            append(Int32(truncatingIfNeeded: index), pair)
        }
        settle()
    }
}
