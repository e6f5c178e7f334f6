import Postgres

extension PostgresPool {
    /// The only value of a query, a number.
    func integer(_ sql: String) async throws(PostgresError) -> Int64 {
        try await query(Statement("integer", sql)).only { row throws(PostgresError) in try row.int64(0) }
    }
}
