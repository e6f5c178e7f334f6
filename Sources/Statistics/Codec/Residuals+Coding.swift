extension Residuals: SummaryCoding {
    package static var kind: SummaryKind { .residuals }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: unsummed)
        writer.write(int128: errorSum)
        writer.write(int128: magnitudeSum)
        writer.write(squares)
        writer.write(actuals)
        relative.write(to: &writer)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            unsummed: try reader.zigzag(), errorSum: try reader.int128(), magnitudeSum: try reader.int128(),
            squares: try SquareSum(from: &reader), actuals: try Moments(from: &reader),
            relative: reader.version >= 2 ? try RelativeErrors(from: &reader) : RelativeErrors())
    }
}
