import Statistics

extension ColumnName {
    func write(to writer: inout SummaryWriter) {
        switch self {
        case .feature(let name):
            writer.write(u8: 0)
            writer.write(text: name)
        case .score: writer.write(u8: 1)
        case .prediction: writer.write(u8: 2)
        case .derived(let name, let derivation):
            writer.write(u8: 3)
            writer.write(text: name)
            writer.write(text: ByteText(derivation.rawValue))
        case .multivariate(let derivation):
            writer.write(u8: 4)
            writer.write(text: ByteText(derivation.rawValue))
        }
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        switch try reader.u8() {
        case 0: self = .feature(try reader.text())
        case 1: self = .score
        case 2: self = .prediction
        case 3:
            let name = try reader.text()
            self = .derived(name, try Derivation(from: &reader))
        case 4: self = .multivariate(try Derivation(from: &reader))
        case let other: throw .invalid("a column of kind \(other)")
        }
    }
}

extension Derivation {
    init(from reader: inout SummaryReader) throws(CodecError) {
        guard let derivation = Self(named: try reader.text().utf8) else { throw .invalid("an unknown derivation") }
        self = derivation
    }
}

extension SummaryWriter {
    /// Writes columns in the order of their names.
    mutating func write<Column>(
        _ columns: [ColumnName: Column], _ body: (Column, inout SummaryWriter) -> Void
    ) {
        write(varint: UInt64(columns.count))
        // The columns themselves stay where they are: each has a dozen references to count.
        for index in columns.indices.sorted(by: { columns.keys[$0] < columns.keys[$1] }) {
            columns.keys[index].write(to: &self)
            body(columns.values[index], &self)
        }
    }
}

extension SummaryReader {
    /// Reads columns that must be in the order of their names.
    mutating func columns<Column>(
        _ body: (inout SummaryReader) throws(CodecError) -> Column
    ) throws(CodecError) -> [ColumnName: Column] {
        let count = try elementCount(bytesEach: 2)
        var columns: [ColumnName: Column] = [:]
        // How many there are is not to be trusted until they are read.
        columns.reserveCapacity(min(count, 64))
        var last: ColumnName?
        for _ in 0..<count {
            let name = try ColumnName(from: &self)
            if let last, !(last < name) { throw .invalid("columns out of order") }
            columns[name] = try body(&self)
            last = name
        }
        return columns
    }
}
