extension ScorePairs: SummaryCoding {
    package static var kind: SummaryKind { .scorePairs }

    package func write(to writer: inout SummaryWriter) {
        writer.write(u8: form.byte)
        writer.write(varint: UInt64(keys.count))
        var last: Int64 = 0
        for (key, tally) in zip(keys, tallies) {
            switch form {
            case .exact: writer.write(fixed: UInt64(bitPattern: key))
            case .fine: writer.write(zigzag: Int(key))
            // Of many classes: neighbours are near, and so their distance is one byte.
            case .coarse: writer.write(zigzag: Int(key &- last))
            }
            last = key
            writer.write(zigzag: tally.positives)
            writer.write(zigzag: tally.negatives)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let byte = try reader.u8()
        guard let form = Form(byte: byte) else { throw .invalid("scores of form \(byte)") }
        let count = try reader.elementCount(bytesEach: 3)
        guard form != .exact || count <= ScorePairs.exactLimit else { throw .invalid("too many exact scores") }
        guard form != .fine || count > 0 else { throw .invalid("score cells without rows") }
        var keys: [Int64] = []
        var tallies: [Tally] = []
        keys.reserveCapacity(count)
        tallies.reserveCapacity(count)
        for _ in 0..<count {
            let key =
                switch form {
                case .exact: Int64(bitPattern: try reader.fixed())
                case .fine: Int64(try reader.zigzag())
                case .coarse: (keys.last ?? 0) &+ Int64(try reader.zigzag())
                }
            let tally = Tally(positives: try reader.zigzag(), negatives: try reader.zigzag())
            if let last = keys.last, last >= key { throw .invalid("scores out of order") }
            guard !tally.isZero, form != .exact || !ScorePairs.score(of: key).isNaN else {
                throw .invalid("an empty score")
            }
            guard form != .coarse || ScoreCells.coarse.has(Int(key)) else { throw .invalid("a score cell of \(key)") }
            keys.append(key)
            tallies.append(tally)
        }
        self.init(form: form, keys: keys, tallies: tallies)
    }
}

extension ScorePairs.Form {
    /// The byte that stands for the form.
    fileprivate var byte: UInt8 {
        switch self {
        case .fine: 0
        case .exact: 1
        case .coarse: 2
        }
    }

    fileprivate init?(byte: UInt8) {
        switch byte {
        case 0: self = .fine
        case 1: self = .exact
        case 2: self = .coarse
        default: return nil
        }
    }
}
