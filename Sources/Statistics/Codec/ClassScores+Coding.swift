extension ClassScores: SummaryCoding {
    package static var kind: SummaryKind { .classScores }

    /// One byte where there is nothing, as in every pane of a model that has not many classes.
    package func write(to writer: inout SummaryWriter) {
        writer.write(u8: isEmpty ? 0 : isWide ? 2 : 1)
        guard !isEmpty else { return }
        writer.write(zigzag: rows)
        writer.write(zigzag: outside)
        writer.write(zigzag: beyond)
        guard !isWide else { return }
        writer.write(varint: UInt64(parts.count))
        for (name, part) in parts.sorted(by: { $0.key < $1.key }) {
            writer.write(text: name)
            writer.write(zigzag: part.own)
            writer.write(part.pairs)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init()
        let form = try reader.u8()
        guard form <= 2 else { throw .invalid("class scores of form \(form)") }
        guard form > 0 else { return }
        let (rows, outside, beyond) = (try reader.zigzag(), try reader.zigzag(), try reader.zigzag())
        var parts: [ByteText: Part] = [:]
        if form == 1 {
            var last: ByteText?
            for _ in 0..<(try reader.count(upTo: Self.mostClasses)) {
                let name = try reader.text()
                let part = Part(own: try reader.zigzag(), pairs: try reader.summary(ScorePairs.self))
                if let last, last >= name { throw .invalid("classes out of order") }
                guard part.pairs.form == .coarse, !part.isEmpty else { throw .invalid("a class without scores") }
                parts[name] = part
                last = name
            }
        }
        self.init(rows: rows, outside: outside, beyond: beyond, isWide: form == 2, parts: parts)
        guard !isEmpty else { throw .invalid("class scores without rows") }
    }
}
