extension RankCounts: SummaryCoding {
    package static var kind: SummaryKind { .ranks }

    package func write(to writer: inout SummaryWriter) {
        writer.write(u8: isEmpty ? 0 : 1)
        guard !isEmpty else { return }
        writer.write(zigzag: count)
        writer.write(zigzag: partial)
        // What each further place adds, which is little.
        var last = 0
        for hits in within {
            writer.write(zigzag: hits &- last)
            last = hits
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        guard reader.version >= 6 else {
            self.init(
                count: try reader.zigzag(), withinThree: try reader.zigzag(), withinFive: try reader.zigzag())
            return
        }
        self.init()
        switch try reader.u8() {
        case 0: return
        case 1: break
        case let other: throw .invalid("ranks of form \(other)")
        }
        let (count, partial) = (try reader.zigzag(), try reader.zigzag())
        var within: [Int] = []
        for _ in 0..<Self.most { within.append((within.last ?? 0) &+ (try reader.zigzag())) }
        self.init(count: count, within: within, partial: partial)
        guard !isEmpty else { throw .invalid("ranks without rows") }
    }
}
