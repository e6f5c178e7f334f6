import JSON

/// Reads a whole body in any encoding into a sink.
enum RowDocument {
    /// Reads all rows into the sink.
    ///
    /// - Parameters:
    ///   - bytes: The decoded body.
    ///   - encoding: How it is encoded.
    ///   - envelope: The key of an object around the rows, beside which nothing may stand.
    ///   - mostRows: How many rows there may be.
    ///   - sink: What takes the rows.
    /// - Returns: The number of rows, good and bad ones.
    /// - Throws: ``WireError`` where the body as a whole is no rows.
    static func read(
        _ bytes: [UInt8], encoding: WireEncoding, envelope: StaticString, mostRows: Int, into sink: inout some RowSink
    ) throws(WireError) -> Int {
        if encoding == .json { return try readJSON(bytes, envelope: envelope, mostRows: mostRows, into: &sink) }
        var stream = RowStream(isCSV: encoding == .csv, mostRows: mostRows)
        try stream.append(bytes, into: &sink)
        try stream.finish(into: &sink)
        return stream.count
    }

    private static func readJSON(
        _ bytes: [UInt8], envelope: StaticString, mostRows: Int, into sink: inout some RowSink
    ) throws(WireError) -> Int {
        var parser = JSONParser()
        let root = try Self.root(bytes.span, &parser)
        if root.kind == .array { return try readArray(root, mostRows: mostRows, into: &sink) }
        guard let rows = root.member(envelope) else {
            sink.read(root, index: 0)
            return 1
        }
        guard rows.kind == .array else { throw .notRows(detail: "\"\(envelope)\" must be an array of rows") }
        guard root.count == 1 else { throw .notRows(detail: "nothing may stand beside \"\(envelope)\"") }
        return try readArray(rows, mostRows: mostRows, into: &sink)
    }

    @_lifetime(&parser)
    private static func root(_ bytes: Span<UInt8>, _ parser: inout JSONParser) throws(WireError) -> JSONValue {
        do throws(JSONError) {
            return try parser.parse(bytes, hugeNumbers: .kept)
        } catch { throw .notJSON(error) }
    }

    private static func readArray(
        _ array: borrowing JSONValue, mostRows: Int, into sink: inout some RowSink
    ) throws(WireError) -> Int {
        guard array.count <= mostRows else { throw .tooManyRows(limit: mostRows) }
        var rows = array.elements
        var index = 0
        while let row = rows.next() {
            sink.read(row, index: index)
            index += 1
        }
        return index
    }
}
