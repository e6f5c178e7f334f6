import Postgres

extension Store {
    /// Stores rows in tables of the log, then runs SQL without parameters, with as few answers to wait for as there can be.
    ///
    /// Citus tells of a COPY that failed on another server without its SQLSTATE (`XX000` instead). There it is taken for what
    /// another process can cause at the same moment, which is tried again a few times; what fails then has no better name.
    /// - Parameters:
    ///   - tables: the rows of each; one without rows is left out.
    ///   - end: what is run behind them.
    ///   - tx: the transaction.
    /// - Returns: how many rows the last statement touched.
    /// - Throws: `PostgresError`.
    func copy(
        _ tables: [LogCopy], end: Statement, _ tx: PostgresConnection
    ) async throws(PostgresError) -> Int {
        let tables = tables.filter { $0.rows.count > 0 }
        do throws(PostgresError) {
            return try await tx.copy(tables.map(\.rows), end: end)
        } catch {
            guard layout == .distributed, error.sqlState == .internalError,
                let failed = tables.first(where: { $0.rows.name == error.statement })
            else { throw error }
            throw PostgresError(
                .server(failed.presumed), statement: error.statement, message: error.message,
                connectionLost: error.connectionLost)
        }
    }
}
