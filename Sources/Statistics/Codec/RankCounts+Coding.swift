extension RankCounts: SummaryCoding {
    package static var kind: SummaryKind { .ranks }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: count)
        writer.write(zigzag: withinThree)
        writer.write(zigzag: withinFive)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            count: try reader.zigzag(), withinThree: try reader.zigzag(), withinFive: try reader.zigzag())
    }
}
