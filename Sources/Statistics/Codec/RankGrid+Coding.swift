extension RankGrid: SummaryCoding {
    package static var kind: SummaryKind { .rankGrid }

    package func write(to writer: inout SummaryWriter) {
        writer.write(scale)
        writer.write(varint: UInt64(count))
        for cut in cutPoints { writer.write(double: cut) }
        writer.write(varint: UInt64(deciles.count))
        for edge in deciles { writer.write(double: edge) }
        writer.write(varint: UInt64(equalWidths.doane))
        writer.write(varint: UInt64(equalWidths.sturges))
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let scale = try FixedPointScale(from: &reader)
        let cutPoints = try reader.doubles()
        let deciles = try reader.doubles()
        let widths =
            reader.version >= 2
            ? EqualWidthBins(
                doane: try reader.count(upTo: EqualWidthBins.most), sturges: try reader.count(upTo: EqualWidthBins.most)
            )
            : .none
        let grid = RankGrid(cutPoints: cutPoints, deciles: deciles, scale: scale, equalWidths: widths)
        guard let grid else {
            throw .invalid("a rank grid whose cut points are not in order")
        }
        self = grid
    }
}

extension SummaryReader {
    /// A count, then so many doubles.
    fileprivate mutating func doubles() throws(CodecError) -> [Double] {
        let count = try elementCount(bytesEach: 8)
        var values: [Double] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try double()) }
        return values
    }
}
