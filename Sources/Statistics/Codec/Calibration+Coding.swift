extension Calibration: SummaryCoding {
    package static var kind: SummaryKind { .calibration }

    package func write(to writer: inout SummaryWriter) {
        for bin in bins {
            writer.write(zigzag: bin.count)
            writer.write(zigzag: bin.positives)
            writer.write(int128: bin.sum)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        var bins: [Bin] = []
        for _ in 0..<Calibration.binCount {
            bins.append(
                Bin(count: try reader.zigzag(), positives: try reader.zigzag(), sum: try reader.int128()))
        }
        self.init(bins: bins)
        if isEmpty { self = Calibration() }
    }
}
