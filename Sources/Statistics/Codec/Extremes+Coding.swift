extension Extremes: SummaryCoding {
    package static var kind: SummaryKind { .extremes }

    package func write(to writer: inout SummaryWriter) {
        writer.write(u8: isEmpty ? 0 : 1)
        guard let minimum, let maximum else { return }
        writer.write(double: minimum)
        writer.write(double: maximum)
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        switch try reader.u8() {
        case 0: self.init()
        case 1:
            let (least, greatest) = (try reader.double(), try reader.double())
            guard least <= greatest else { throw .invalid("a minimum above the maximum") }
            self.init(least, greatest)
        case let other: throw .invalid("extremes of form \(other)")
        }
    }
}
