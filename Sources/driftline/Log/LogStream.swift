import Monitoring

/// The rows of a log in the order of the file.
struct LogStream {
    private var reader: CSVReader
    private let timeColumn: Int
    private var lastTime: Time

    /// The rows from where a reader stands; those before any readable time have the time `start`.
    init(reader: CSVReader, timeColumn: Int, start: Time) {
        self.reader = reader
        self.timeColumn = timeColumn
        lastTime = start
    }

    /// The next row, nil at the end.
    mutating func next() throws(CommandFailure) -> LogRow? {
        guard let record = try reader.next() else { return nil }
        lastTime = LogFile.time(of: record, timeColumn) ?? lastTime
        return LogRow(time: lastTime, record: record)
    }
}
