extension CategoricalSummary: SummaryCoding {
    package static var kind: SummaryKind { .categorical }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: count)
        writer.write(zigzag: missing)
        writer.write(zigzag: typeErrors)
        writer.write(varint: UInt64(named.count))
        for (name, number) in named.sorted(by: { $0.key < $1.key }) {
            writer.write(text: name)
            writer.write(zigzag: number)
        }
        writer.write(varint: UInt64(hashed.count))
        for (cell, number) in hashed.sorted(by: { $0.key < $1.key }) {
            writer.write(varint: UInt64(cell))
            writer.write(zigzag: number)
        }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        let (count, missing, typeErrors) = (try reader.zigzag(), try reader.zigzag(), try reader.zigzag())
        var named: [ByteText: Int] = [:]
        var last: ByteText?
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let (name, number) = (try reader.text(), try reader.zigzag())
            if let last, !(last < name) { throw .invalid("categories out of order") }
            guard number != 0 else { throw .invalid("a category without values") }
            named[name] = number
            last = name
        }
        var hashed: [Int: Int] = [:]
        var next = 0
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let (cell, number) = (try reader.count(upTo: CategoryHash.cellCount - 1), try reader.zigzag())
            guard cell >= next, number != 0 else { throw .invalid("hash cells out of order") }
            hashed[cell] = number
            next = cell + 1
        }
        self.init(count: count, missing: missing, typeErrors: typeErrors, named: named, hashed: hashed)
    }
}
