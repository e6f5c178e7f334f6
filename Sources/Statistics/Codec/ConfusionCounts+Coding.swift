extension ConfusionCounts: SummaryCoding {
    package static var kind: SummaryKind { .confusion }

    package func write(to writer: inout SummaryWriter) {
        let cells = counts.sorted { $0.key < $1.key }
        writer.write(varint: UInt64(cells.count))
        for (cell, number) in cells {
            writer.write(text: cell.predicted)
            writer.write(text: cell.actual)
            writer.write(zigzag: number)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        var counts: [Cell: Int] = [:]
        var last: Cell?
        for _ in 0..<(try reader.elementCount(bytesEach: 3)) {
            let cell = Cell(predicted: try reader.text(), actual: try reader.text())
            let number = try reader.zigzag()
            if let last, !(last < cell) { throw .invalid("confusion cells out of order") }
            guard number != 0 else { throw .invalid("a confusion cell without rows") }
            counts[cell] = number
            last = cell
        }
        self.init(counts: counts)
    }
}
