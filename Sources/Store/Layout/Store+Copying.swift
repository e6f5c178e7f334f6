import Postgres

extension Store {
    /// Stores the writer's rows in a table of the log.
    ///
    /// Citus tells of a COPY that failed on another server without its SQLSTATE (`XX000` instead). There it is taken for what
    /// another process can cause at the same moment, which is tried again a few times; what fails then has no better name.
    /// - Parameters:
    ///   - writer: the rows.
    ///   - table: the table.
    ///   - columns: the columns that the writer's values are for.
    ///   - presumed: what another process can cause.
    ///   - tx: the transaction.
    /// - Throws: `PostgresError`.
    func copy(
        _ writer: borrowing CopyWriter, into table: String, columns: [String], presumed: SQLState,
        _ tx: PostgresConnection
    ) async throws(PostgresError) {
        do throws(PostgresError) {
            try await tx.copy(into: table, columns: columns, from: writer)
        } catch {
            guard layout == .distributed, error.sqlState == .internalError else { throw error }
            throw PostgresError(
                .server(presumed), statement: error.statement, message: error.message,
                connectionLost: error.connectionLost)
        }
    }
}
