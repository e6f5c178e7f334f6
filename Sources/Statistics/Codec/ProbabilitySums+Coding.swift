extension ProbabilitySums: SummaryCoding {
    package static var kind: SummaryKind { .probabilities }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: count)
        writer.write(zigzag: outside)
        writer.write(zigzag: missing)
        writer.write(int128: logLossSum)
        writer.write(int128: brierSum)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            count: try reader.zigzag(), outside: try reader.zigzag(), missing: try reader.zigzag(),
            logLossSum: try reader.int128(), brierSum: try reader.int128())
    }
}
