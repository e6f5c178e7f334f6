extension Moments: SummaryCoding {
    package static var kind: SummaryKind { .moments }

    package func write(to writer: inout SummaryWriter) {
        writer.write(scale)
        writer.write(zigzag: count)
        writer.write(zigzag: unsummed)
        writer.write(int128: sum)
        writer.write(squares)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            scale: try FixedPointScale(from: &reader), count: try reader.zigzag(), unsummed: try reader.zigzag(),
            sum: try reader.int128(), squares: try SquareSum(from: &reader))
    }
}

extension SummaryWriter {
    mutating func write(_ scale: FixedPointScale) {
        write(zigzag: scale.exponent)
    }

    mutating func write(_ squares: SquareSum) {
        write(int128: squares.low)
        write(int128: squares.middle)
        write(int128: squares.high)
    }
}

extension FixedPointScale {
    init(from reader: inout SummaryReader) throws(CodecError) {
        let exponent = try reader.zigzag()
        self.init(exponent: exponent)
        guard self.exponent == exponent else { throw .invalid("a scale of 2^\(exponent)") }
    }
}

extension SquareSum {
    init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(low: try reader.int128(), middle: try reader.int128(), high: try reader.int128())
    }
}
