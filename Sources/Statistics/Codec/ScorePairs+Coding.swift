extension ScorePairs: SummaryCoding {
    package static var kind: SummaryKind { .scorePairs }

    package func write(to writer: inout SummaryWriter) {
        writer.write(u8: isExact ? 1 : 0)
        writer.write(varint: UInt64(keys.count))
        for (key, tally) in zip(keys, tallies) {
            if isExact { writer.write(fixed: UInt64(bitPattern: key)) } else { writer.write(zigzag: Int(key)) }
            writer.write(zigzag: tally.positives)
            writer.write(zigzag: tally.negatives)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let form = try reader.u8()
        guard form <= 1 else { throw .invalid("scores of form \(form)") }
        let count = try reader.elementCount(bytesEach: 3)
        guard form == 0 || count <= ScorePairs.exactLimit else { throw .invalid("too many exact scores") }
        guard form == 1 || count > 0 else { throw .invalid("score cells without rows") }
        var keys: [Int64] = []
        var tallies: [Tally] = []
        keys.reserveCapacity(count)
        tallies.reserveCapacity(count)
        for _ in 0..<count {
            let key = form == 1 ? Int64(bitPattern: try reader.fixed()) : Int64(try reader.zigzag())
            let tally = Tally(positives: try reader.zigzag(), negatives: try reader.zigzag())
            if let last = keys.last, last >= key { throw .invalid("scores out of order") }
            guard !tally.isZero, form == 0 || !ScorePairs.score(of: key).isNaN else { throw .invalid("an empty score") }
            keys.append(key)
            tallies.append(tally)
        }
        self.init(isExact: form == 1, keys: keys, tallies: tallies)
    }
}
