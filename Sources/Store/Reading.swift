package import Postgres

/// Rows straight into values.
extension PostgresPool {
    /// Runs a statement on any connection and decodes every row.
    package func query<Value: Sendable>(
        _ statement: Statement, _ parameters: [PostgresValue],
        _ decode: (borrowing Row) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> [Value] {
        let rows = try await query(statement, parameters)
        return try rows.map(decode)
    }
}

extension PostgresConnection {
    /// Runs a statement and decodes every row.
    nonisolated package func query<Value: Sendable>(
        _ statement: Statement, _ parameters: [PostgresValue],
        _ decode: (borrowing Row) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> [Value] {
        let rows = try await query(statement, parameters)
        return try rows.map(decode)
    }
}
