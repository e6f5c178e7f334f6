extension ProbabilitySums: SummaryCoding {
    package static var kind: SummaryKind { .probabilities }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: count)
        writer.write(zigzag: outside)
        writer.write(zigzag: missing)
        writer.write(int128: logLossSum)
        writer.write(int128: brierSum)
        writer.write(zigzag: squared)
        writer.write(int128: logLossSquares)
        writer.write(int128: brierSquares)
        writer.write(zigzag: undistanced)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let (count, outside, missing) = (try reader.zigzag(), try reader.zigzag(), try reader.zigzag())
        let (logLossSum, brierSum) = (try reader.int128(), try reader.int128())
        guard reader.version >= 2 else {
            self.init(count: count, outside: outside, missing: missing, logLossSum: logLossSum, brierSum: brierSum)
            noteUndistanced()
            return
        }
        self.init(
            count: count, outside: outside, missing: missing, logLossSum: logLossSum, brierSum: brierSum,
            squared: try reader.zigzag(), logLossSquares: try reader.int128(), brierSquares: try reader.int128())
        if reader.version >= 3 { undistanced = try reader.zigzag() } else { noteUndistanced() }
    }

    /// Rows of many classes had no squares before version 3; no other rows leave their sum at 0, but those that were all certain.
    private mutating func noteUndistanced() {
        if brierSum == 0, !isCertain { undistanced = count }
    }
}
