extension NumericSummary: SummaryCoding {
    package static var kind: SummaryKind { .numeric }

    /// The forms: all that is counted, or the values from which it follows.
    static let ofCounts: UInt8 = 0
    static let ofValues: UInt8 = 1

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: missing)
        writer.write(zigzag: typeErrors)
        writer.write(zigzag: outOfRange)
        if count > 0, let few = values.ascending {
            writer.write(u8: Self.ofValues)
            FewValues.write(few, in: cells, scale: moments.scale, to: &writer)
        } else {
            writer.write(u8: Self.ofCounts)
            writer.write(cells)
            writer.write(moments)
            writer.write(extremes)
            distinct.write(to: &writer)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let (missing, typeErrors, outOfRange) = (try reader.zigzag(), try reader.zigzag(), try reader.zigzag())
        let form = reader.version >= 5 ? try reader.u8() : Self.ofCounts
        guard form == Self.ofValues else {
            guard form == Self.ofCounts else { throw .invalid("a column of form \(form)") }
            try self.init(counts: &reader, missing: missing, typeErrors: typeErrors, outOfRange: outOfRange)
            return
        }
        let counted = try FewValues.read(from: &reader)
        self.init(
            missing: missing, typeErrors: typeErrors, outOfRange: outOfRange, cells: counted.cells,
            moments: counted.moments, extremes: counted.extremes, distinct: counted.distinct, values: counted.values)
    }

    private init(
        counts reader: inout SummaryReader, missing: Int, typeErrors: Int, outOfRange: Int
    ) throws(CodecError) {
        self.init(
            missing: missing, typeErrors: typeErrors, outOfRange: outOfRange,
            cells: try GridCounts(from: &reader), moments: try Moments(from: &reader),
            extremes: try Extremes(from: &reader), distinct: DistinctSketch(.column))
        if reader.version >= 2 {
            distinct = try DistinctSketch(.column, from: &reader)
        } else {
            distinct.markPartial(rows: count)
        }
        if count == 0 { values = .none }
        guard cells.count == moments.count, cells.unsummed == moments.unsummed else {
            throw .invalid("cells and moments of different counts")
        }
    }
}
