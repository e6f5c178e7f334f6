import Statistics

/// Bytes of weights, behind those of the rows: a byte that says whether there are any, both panes, the sums of squares.
extension RowWeights {
    func write(to writer: inout SummaryWriter) {
        writer.write(u8: isEmpty ? 0 : 1)
        guard !isEmpty else { return }
        for part in [surplus, deficit] {
            writer.write(u8: UInt8(clamping: part.count))
            for pane in part { pane.writeRows(to: &writer) }
        }
        writer.write(int128: squares)
        writer.write(missingSquares) { $1.write(int128: $0) }
        writer.write(int128: labelSquares)
        writer.write(varint: UInt64(knownSquares.count))
        for (boundary, square) in knownSquares.sorted(by: { $0.key < $1.key }) {
            writer.write(zigzag: Int(boundary.microseconds))
            writer.write(int128: square)
        }
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        self.init()
        switch try reader.u8() {
        case 0: return
        case 1: break
        case let other: throw .invalid("weights of form \(other)")
        }
        let surplus = try Self.part(from: &reader)
        let deficit = try Self.part(from: &reader)
        guard !surplus.isEmpty || !deficit.isEmpty else { throw .invalid("weights without weighted rows") }
        let squares = try reader.int128()
        let missing = try reader.columns { source throws(CodecError) in try source.int128() }
        let labels = try reader.int128()
        var known: [Time: Int128] = [:]
        var last: Time?
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let boundary = Time(microseconds: Int64(try reader.zigzag()))
            if let last, boundary <= last { throw .invalid("states of knowledge out of order") }
            known[boundary] = try reader.int128()
            last = boundary
        }
        self.init(
            surplus: surplus, deficit: deficit, squares: squares, missingSquares: missing, labelSquares: labels,
            knownSquares: known)
    }

    /// A pane that has no weights itself, so that reading never goes deeper.
    private static func part(from reader: inout SummaryReader) throws(CodecError) -> [Pane] {
        switch try reader.u8() {
        case 0: return []
        case 1:
            let pane = try Pane(rowsFrom: &reader)
            guard !pane.isEmpty else { throw .invalid("a part of the weights without rows") }
            return [pane]
        case let other: throw .invalid("\(other) parts of the weights")
        }
    }
}
