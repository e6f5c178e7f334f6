extension CategoryNames: SummaryCoding {
    package static var kind: SummaryKind { .categoryNames }

    package func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(cap))
        writer.write(varint: UInt64(count))
        for name in names { writer.write(text: name) }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(cap: try reader.count())
        for _ in 0..<(try reader.elementCount()) {
            guard insert(try reader.text()) else { throw .invalid("a category name twice, or too many of them") }
        }
    }
}
