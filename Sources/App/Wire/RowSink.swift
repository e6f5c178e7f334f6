import JSON
import Statistics

/// What rows are read into, one after another, whatever their encoding.
protocol RowSink {
    /// Takes a JSON value that stands where a row belongs.
    mutating func read(_ row: borrowing JSONValue, index: Int)

    /// Learns what the columns of the records are.
    ///
    /// - Throws: ``WireError/notCSV(line:detail:)`` for columns that cannot be told apart or do not belong here.
    mutating func readHeader(_ names: [ByteText]) throws(WireError)

    /// Takes a record with as many fields as the header.
    mutating func read(_ record: borrowing CSVReader, index: Int)

    /// Counts a row that could not be read at all.
    mutating func reject(_ fault: RowFault, index: Int)
}
