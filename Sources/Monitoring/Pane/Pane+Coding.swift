package import Statistics

/// Bytes of a pane, in the frame of `SummaryCodec`; columns by name, so that panes outlive changes of the schema.
extension Pane {
    /// The kind byte of the frame.
    private static let kind: UInt8 = 32

    /// The pane as bytes; equal panes have equal bytes.
    package func encoded() -> [UInt8] {
        var writer = SummaryWriter()
        write(to: &writer)
        return SummaryCodec.sealed(writer, kind: Self.kind)
    }

    /// Reads bytes that ``encoded()`` made.
    package init(decoding bytes: [UInt8]) throws(CodecError) {
        var reader = try SummaryCodec.opened(bytes, kind: Self.kind)
        try self.init(from: &reader)
        try reader.finish()
    }

    /// Reads a pane but for its numeric columns, which `numeric` takes out of the bytes one by one.
    init(
        decoding bytes: [UInt8], numeric: (inout SummaryReader) throws(CodecError) -> Void
    ) throws(CodecError) {
        var reader = try SummaryCodec.opened(bytes, kind: Self.kind)
        try self.init(rowsFrom: &reader) { source throws(CodecError) in
            for _ in 0..<(try source.elementCount(bytesEach: 2)) { try numeric(&source) }
            return ColumnTable()
        }
        if reader.version >= 2 { weights = try RowWeights(from: &reader) }
        try reader.finish()
    }

    /// Reads the pane of a model, which must have been counted on these grids.
    ///
    /// Columns that the model no longer has are passed over where they were counted otherwise.
    package init(decoding bytes: [UInt8], layout: ColumnLayout, grids: ColumnGrids) throws(CodecError) {
        try self.init(decoding: bytes)
        try check(layout, grids)
        try weights.forEachPart { part throws(CodecError) in try part.check(layout, grids) }
    }

    private mutating func check(_ layout: ColumnLayout, _ grids: ColumnGrids) throws(CodecError) {
        for (name, summary) in numeric where !summary.fits(grids.grid(of: name)) {
            guard layout.kind(of: name) != .numeric else {
                throw .invalid("the column \(name.address) was counted on another grid; fold the pane again")
            }
            numeric[name] = nil
        }
        let scales = ([outcomes.counts] + outcomes.known.values).compactMap(\.residuals?.scale)
        guard scales.allSatisfy({ $0 == grids.residualScale }) else {
            throw .invalid("the residuals were summed in other units; fold the pane again")
        }
    }

    func write(to writer: inout SummaryWriter) {
        writeRows(to: &writer)
        weights.write(to: &writer)
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        try self.init(rowsFrom: &reader)
        if reader.version >= 2 { weights = try RowWeights(from: &reader) }
    }

    /// Writes everything but the weights.
    func writeRows(to writer: inout SummaryWriter) {
        writer.write(zigzag: predictions)
        writer.write(zigzag: undeclared)
        writer.write(zigzag: revision)
        contents.write(to: &writer)
        writer.write(u8: newestEvent == nil ? 0 : 1)
        if let newestEvent { writer.write(fixed: UInt64(bitPattern: newestEvent.microseconds)) }
        writer.write(varint: UInt64(numeric.count))
        for place in numeric.indices {
            numeric.keys[place].write(to: &writer)
            writer.write(numeric.values[place])
        }
        writer.write(categorical) { $1.write($0) }
        writer.write(classScores)
        outcomes.write(to: &writer)
    }

    /// Reads what ``writeRows(to:)`` wrote.
    init(rowsFrom reader: inout SummaryReader) throws(CodecError) {
        try self.init(rowsFrom: &reader) { source throws(CodecError) in
            try source.numericColumns()
        }
    }

    private init(
        rowsFrom reader: inout SummaryReader,
        numeric body: (inout SummaryReader) throws(CodecError) -> ColumnTable<NumericSummary>
    ) throws(CodecError) {
        self.init()
        predictions = try reader.zigzag()
        undeclared = try reader.zigzag()
        revision = try reader.zigzag()
        if reader.version >= 2 {
            contents = try DistinctSketch(.rows, from: &reader)
            if try reader.u8() != 0 { newestEvent = Time(microseconds: Int64(bitPattern: try reader.fixed())) }
        } else {
            contents.markPartial(rows: predictions)
        }
        numeric = try body(&reader)
        categorical = try reader.columns { source throws(CodecError) in try source.summary(CategoricalSummary.self) }
        if reader.version >= 6 { classScores = try reader.summary(ClassScores.self) }
        outcomes = try Outcomes(from: &reader)
    }
}

extension SummaryReader {
    /// Reads numeric columns, which must be in the order of their names.
    fileprivate mutating func numericColumns() throws(CodecError) -> ColumnTable<NumericSummary> {
        let count = try elementCount(bytesEach: 2)
        var columns = ColumnTable<NumericSummary>()
        // How many there are is not to be trusted until they are read.
        columns.reserveCapacity(min(count, 64))
        for _ in 0..<count {
            let name = try ColumnName(from: &self)
            guard columns.append(name, try summary(NumericSummary.self)) else { throw .invalid("columns out of order") }
        }
        return columns
    }
}

extension NumericSummary {
    /// Whether the summary was counted on a grid, and so merges with others of it.
    func fits(_ grid: RankGrid) -> Bool {
        cells.pairCount == grid.pairCount && moments.scale == grid.scale
    }
}
