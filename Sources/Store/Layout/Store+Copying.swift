import Postgres

extension Store {
    /// Stores rows in a table of the log.
    ///
    /// Citus tells of a COPY that failed on another server without its SQLSTATE (`XX000` instead). There it is taken for what
    /// another process can cause at the same moment, which is tried again a few times; what fails then has no better name.
    /// - Parameters:
    ///   - table: the table.
    ///   - columns: the columns that are written.
    ///   - count: how many rows there are; without one nothing is asked.
    ///   - presumed: what another process can cause.
    ///   - tx: the transaction.
    ///   - write: writes some of the rows, given their numbers.
    /// - Throws: `PostgresError`.
    func copy(
        into table: String, columns: [String], count: Int, presumed: SQLState, _ tx: PostgresConnection,
        write: @Sendable (Range<Int>, inout CopyWriter) -> Void
    ) async throws(PostgresError) {
        guard count > 0 else { return }
        do throws(PostgresError) {
            try await tx.copy(into: table, columns: columns, count: count, write: write)
        } catch {
            guard layout == .distributed, error.sqlState == .internalError else { throw error }
            throw PostgresError(
                .server(presumed), statement: error.statement, message: error.message,
                connectionLost: error.connectionLost)
        }
    }
}
