extension LabelLags: SummaryCoding {
    package static var kind: SummaryKind { .labelLags }

    package func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(cells.count))
        for (cell, number) in cells.sorted(by: { $0.key < $1.key }) {
            writer.write(varint: UInt64(cell))
            writer.write(zigzag: number)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        var cells: [Int: Int] = [:]
        var last = -1
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let cell = try reader.count(upTo: LabelLags.lastCell)
            let number = try reader.zigzag()
            guard cell > last, number != 0 else { throw .invalid("label lags out of order") }
            cells[cell] = number
            last = cell
        }
        self.init(cells: cells)
    }
}
