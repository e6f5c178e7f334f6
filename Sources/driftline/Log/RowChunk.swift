/// Rows on their way to the service in one request.
struct RowChunk {
    /// The header line and the rows, as CSV.
    private(set) var body: [UInt8]

    /// The lines of the file on which the rows begin.
    private(set) var lines: [Int] = []

    /// How many rows one request carries.
    static let mostRows = 2000

    /// How many bytes one request carries, far below the service's own limit.
    private static let mostBytes = 4 << 20

    /// An empty chunk under a header.
    init(header: CSVHeader) {
        body = header.line
    }

    /// Whether a further row belongs into the next chunk.
    var isFull: Bool { lines.count >= Self.mostRows || body.count >= Self.mostBytes }

    /// Adds a row.
    mutating func append(_ row: LogRow) {
        body += row.record.bytes
        body.append(CSVSyntax.newline)
        lines.append(row.record.line)
    }
}
