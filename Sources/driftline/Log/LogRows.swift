import Monitoring

/// The rows of a log in order of time, with a look at the next one.
struct LogRows {
    /// The row that `take` will give, nil at the end.
    private(set) var next: LogRow?

    private var stream: LogStream
    /// All rows in descending order, where the file was not in order; empty otherwise.
    private var sorted: [LogRow] = []

    /// The rows of a stream; one that is not in order is read whole.
    ///
    /// - Complexity: O(1) in order, else O(n log n) time and O(n) memory.
    init(_ stream: LogStream, isInOrder: Bool) throws(CommandFailure) {
        self.stream = stream
        if !isInOrder {
            while let row = try self.stream.next() { sorted.append(row) }
            sorted.sort { ($1.time, $1.record.line) < ($0.time, $0.record.line) }
        }
        try advance()
    }

    /// The next row.
    mutating func take() throws(CommandFailure) -> LogRow? {
        let row = next
        try advance()
        return row
    }

    private mutating func advance() throws(CommandFailure) {
        next = sorted.popLast()
        if next == nil { next = try stream.next() }
    }
}
