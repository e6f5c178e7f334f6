/// Bytes of a sketch as a part of something larger: form, then hashes of three or four bytes, or registers of six bits.
extension DistinctSketch {
    private static let partialFlag: UInt8 = 0x80

    package func write(to writer: inout SummaryWriter) {
        let flag = isPartial ? Self.partialFlag : 0
        guard registers.isEmpty else {
            writer.write(u8: flag | 1)
            for start in stride(from: 0, to: registers.count, by: 4) {
                let four = registers[start..<start + 4].reduce(UInt32(0)) { $0 << 6 | UInt32($1) }
                for shift: UInt32 in [0, 8, 16] { writer.write(u8: UInt8(truncatingIfNeeded: four >> shift)) }
            }
            return
        }
        writer.write(u8: flag)
        writer.write(varint: UInt64(hashes.count))
        for hash in hashes {
            for shift in stride(from: UInt32(0), to: UInt32(size.hashBits), by: 8) {
                writer.write(u8: UInt8(truncatingIfNeeded: hash >> shift))
            }
        }
    }

    /// Reads what `write(to:)` wrote for a sketch of a size.
    package init(_ size: Size, from reader: inout SummaryReader) throws(CodecError) {
        self.init(size)
        let form = try reader.u8()
        isPartial = form & Self.partialFlag != 0
        switch form & ~Self.partialFlag {
        case 0: try readHashes(from: &reader)
        case 1: try readRegisters(from: &reader)
        default: throw .invalid("a sketch of form \(form)")
        }
    }

    private mutating func readHashes(from reader: inout SummaryReader) throws(CodecError) {
        let count = try reader.count(upTo: size.exactLimit)
        hashes.reserveCapacity(count)
        for _ in 0..<count {
            var hash: UInt32 = 0
            for shift in stride(from: UInt32(0), to: UInt32(size.hashBits), by: 8) {
                hash |= UInt32(try reader.u8()) << shift
            }
            if let last = hashes.last, last >= hash { throw .invalid("hashes that do not ascend") }
            hashes.append(hash)
        }
    }

    private mutating func readRegisters(from reader: inout SummaryReader) throws(CodecError) {
        let count = size.registerCount
        var ranks = [UInt8](repeating: 0, count: count)
        var greatest: UInt8 = 0
        try reader.read(count * 3 / 4) { bytes in
            var target = ranks.mutableSpan
            for place in 0..<(count / 4) {
                let three = bytes.extracting(3 &* place..<3 &* place &+ 3)
                let four = UInt32(three[0]) | UInt32(three[1]) << 8 | UInt32(three[2]) << 16
                for part in 0..<4 {
                    let rank = UInt8(truncatingIfNeeded: four >> UInt32(18 &- 6 &* part) & 0x3F)
                    target[4 &* place &+ part] = rank
                    greatest = max(greatest, rank)
                }
            }
        }
        guard greatest <= size.greatestRank else { throw .invalid("a register of \(greatest)") }
        // Registers that so few values cannot have raised would be another form of the same set.
        guard greatest > 0 else { throw .invalid("registers without a value") }
        registers = ranks
    }
}
