/// Rows for a table, written in PostgreSQL's binary COPY format while they are sent.
package struct TableCopy: Sendable {
    /// What errors are named after, such as `copy into prediction`.
    package let name: String
    /// The COPY statement.
    let sql: String
    /// How many values a row has.
    let columns: Int
    /// How many rows there are.
    package let count: Int
    /// Writes some of the rows, numbered from 0; called for all of them in order.
    let write: @Sendable (Range<Int>, inout CopyWriter) -> Void

    /// - Parameters:
    ///   - table: A name without schema, looked up in the search path.
    ///   - columns: The columns that are written, in order.
    ///   - count: How many rows there are.
    ///   - write: Writes some of the rows, numbered from 0, on the connection's thread; called for all of them in order.
    package init(
        into table: String, columns: [String], count: Int,
        write: @escaping @Sendable (Range<Int>, inout CopyWriter) -> Void
    ) {
        let list = columns.map(SQLIdentifier.quoted).joined(separator: ", ")
        name = "copy into \(table)"
        sql = "COPY \(SQLIdentifier.quoted(table)) (\(list)) FROM STDIN (FORMAT binary)"
        self.columns = columns.count
        self.count = count
        self.write = write
    }
}
