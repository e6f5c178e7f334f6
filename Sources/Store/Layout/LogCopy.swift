import Postgres

/// Rows for a table of the log.
struct LogCopy: Sendable {
    /// How many rows there are.
    let count: Int
    /// The rows.
    let rows: TableCopy
    /// What another process can cause while they are stored.
    let presumed: SQLState

    /// - Parameters:
    ///   - table: the table.
    ///   - columns: the columns that are written.
    ///   - count: how many rows there are.
    ///   - presumed: what another process can cause.
    ///   - write: writes some of the rows, given their numbers.
    init(
        into table: String, columns: [String], count: Int, presumed: SQLState,
        write: @escaping @Sendable (Range<Int>, inout CopyWriter) -> Void
    ) {
        self.count = count
        self.presumed = presumed
        rows = TableCopy(into: table, columns: columns, count: count, write: write)
    }
}
