package import Statistics

/// Bytes of a reference, in the frame of `SummaryCodec`.
extension Reference {
    /// The kind byte of the frame.
    private static let kind: UInt8 = 33

    /// The reference as bytes; equal references have equal bytes.
    package func encoded() -> [UInt8] {
        var writer = SummaryWriter()
        writer.write(text: name)
        writer.write(varint: UInt64(max(version, 0)))
        writer.write(u8: effectiveFrom == nil ? 0 : 1)
        if let effectiveFrom { writer.write(zigzag: Int(effectiveFrom.microseconds)) }
        grids.write(to: &writer)
        pane.write(to: &writer)
        writer.write(varint: UInt64(segments.count))
        for (segment, pane) in segments.sorted(by: { $0.key < $1.key }) {
            writer.write(text: segment)
            pane.write(to: &writer)
        }
        return SummaryCodec.sealed(writer, kind: Self.kind)
    }

    /// Reads bytes that ``encoded()`` made.
    package init(decoding bytes: [UInt8]) throws(CodecError) {
        var reader = try SummaryCodec.opened(bytes, kind: Self.kind)
        let name = try reader.text()
        let version = try reader.count()
        let hasTime = try reader.u8()
        let effectiveFrom = hasTime == 0 ? nil : Time(microseconds: Int64(try reader.zigzag()))
        let grids = try ColumnGrids(from: &reader)
        let pane = try Pane(from: &reader)
        try Self.check(pane, grids)
        var segments: [ByteText: Pane] = [:]
        for _ in 0..<(try reader.elementCount(bytesEach: 8)) {
            let segment = try reader.text()
            let rows = try Pane(from: &reader)
            try Self.check(rows, grids)
            segments[segment] = rows
        }
        try reader.finish()
        self.init(
            name: name, version: version, effectiveFrom: effectiveFrom, grids: grids, pane: pane, segments: segments)
    }

    private static func check(_ pane: Pane, _ grids: ColumnGrids) throws(CodecError) {
        for (name, summary) in pane.numeric where !summary.fits(grids.grid(of: name)) {
            throw .invalid("the column \(name.address) of a reference does not fit its grid")
        }
    }
}

extension ColumnGrids {
    /// Writes what a reference freezes; further category names are kept elsewhere.
    func write(to writer: inout SummaryWriter) {
        writer.write(numeric) { $1.write($0) }
        writer.write(categories) { names, target in
            target.write(varint: UInt64(names.count))
            for name in names.sorted() { target.write(text: name) }
        }
        writer.write(zigzag: residualScale.exponent)
        projections.write(to: &writer)
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        self.init()
        numeric = try reader.columns { source throws(CodecError) in try source.summary(RankGrid.self) }
        categories = try reader.columns { source throws(CodecError) in
            var names: Set<ByteText> = []
            for _ in 0..<(try source.elementCount()) { names.insert(try source.text()) }
            return names
        }
        residualScale = FixedPointScale(exponent: try reader.zigzag())
        if reader.version >= 2 { projections = try Projections(from: &reader) }
    }
}
