import Monitoring

/// A CSV file whose rows each have a time.
///
/// The file is read twice: once to learn how long it is and whether it is in order of time, once to be sent.
struct LogFile {
    /// The path as the user wrote it.
    let path: String

    /// The header as the service is to see it.
    let header: CSVHeader

    /// How many rows there are.
    let count: Int

    /// The least and the greatest time; nil for a file without rows.
    let times: ClosedRange<Time>?

    private let timeColumn: Int
    private let isInOrder: Bool

    /// How large a file may be that is sorted in memory.
    private static let largestSorted = 1 << 30

    /// Looks through a file whose column of times has one of some names, the preferred one first.
    ///
    /// - Complexity: O(bytes).
    init(path: String, timeColumns: [String], renaming: [String: String]) throws(CommandFailure) {
        self.path = path
        let file = try InputFile(path: path)
        var reader = try CSVReader(file)
        guard let first = try reader.next() else { throw CommandFailure("\(path) is empty: it needs a header line") }
        header = CSVHeader(first, renaming: renaming)
        guard let column = header.column(timeColumns), header.column(["prediction_id"]) != nil else {
            let names = timeColumns.joined(separator: " or ")
            throw CommandFailure("\(path):1: the header needs the columns prediction_id and \(names)")
        }
        timeColumn = column
        var scan = OrderScan()
        while let record = try reader.next() { scan.add(Self.time(of: record, column)) }
        count = scan.count
        times = scan.times
        isInOrder = scan.isInOrder
        if count > 0, times == nil {
            throw CommandFailure(
                "\(path): no row has a time in column \(header.names[column]); times look like 2026-01-01T00:00:00Z")
        }
        if !isInOrder, file.size > Self.largestSorted { throw Self.unsorted(path, column: column) }
    }

    /// The rows in order of time, those of one time in the order of the file.
    ///
    /// A row without a readable time goes with the row before it, so that the service can refuse it by name.
    func rows() throws(CommandFailure) -> LogRows {
        var reader = try CSVReader(try InputFile(path: path))
        _ = try reader.next()
        let stream = LogStream(reader: reader, timeColumn: timeColumn, start: times?.lowerBound ?? .epoch)
        return try LogRows(stream, isInOrder: isInOrder)
    }

    static func time(of record: CSVRecord, _ column: Int) -> Time? {
        record.field(column).flatMap { Time(bytes: $0) }
    }

    private static func unsorted(_ path: String, column: Int) -> CommandFailure {
        let key = column + 1
        let sort = "(head -n 1 \(path); tail -n +2 \(path) | sort -s -t , -k \(key),\(key)) > sorted.csv"
        return CommandFailure("\(path) is not in order of time and too large to sort in memory; sort it first: \(sort)")
    }
}
