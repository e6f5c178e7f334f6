extension NumericSummary: SummaryCoding {
    package static var kind: SummaryKind { .numeric }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: missing)
        writer.write(zigzag: typeErrors)
        writer.write(zigzag: outOfRange)
        writer.write(cells)
        writer.write(moments)
        writer.write(extremes)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            missing: try reader.zigzag(), typeErrors: try reader.zigzag(), outOfRange: try reader.zigzag(),
            cells: try GridCounts(from: &reader), moments: try Moments(from: &reader),
            extremes: try Extremes(from: &reader))
        guard cells.count == moments.count, cells.unsummed == moments.unsummed else {
            throw .invalid("cells and moments of different counts")
        }
    }
}
