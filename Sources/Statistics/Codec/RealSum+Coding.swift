extension RealSum {
    func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(bins.count))
        for bin in bins {
            writer.write(u8: UInt8(truncatingIfNeeded: bin.index))
            writer.write(int128: bin.units)
        }
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        var bins: [Bin] = []
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let bin = Bin(index: Int(try reader.u8()), units: try reader.int128())
            guard bin.index <= RealSum.lastIndex, bin.units != 0 else { throw .invalid("a sum of no such size") }
            if let last = bins.last, last.index >= bin.index { throw .invalid("parts of a sum out of order") }
            bins.append(bin)
        }
        self.init(bins: bins)
    }
}
