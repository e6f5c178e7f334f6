extension NumericSummary: SummaryCoding {
    package static var kind: SummaryKind { .numeric }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: missing)
        writer.write(zigzag: typeErrors)
        writer.write(zigzag: outOfRange)
        writer.write(cells)
        writer.write(moments)
        writer.write(extremes)
        distinct.write(to: &writer)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            missing: try reader.zigzag(), typeErrors: try reader.zigzag(), outOfRange: try reader.zigzag(),
            cells: try GridCounts(from: &reader), moments: try Moments(from: &reader),
            extremes: try Extremes(from: &reader), distinct: DistinctSketch(.column))
        if reader.version >= 2 {
            distinct = try DistinctSketch(.column, from: &reader)
        } else {
            distinct.markPartial(rows: count)
        }
        guard cells.count == moments.count, cells.unsummed == moments.unsummed else {
            throw .invalid("cells and moments of different counts")
        }
    }
}
