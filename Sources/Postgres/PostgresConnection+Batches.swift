extension PostgresConnection {
    /// Reads a result of any size in batches, in memory for one batch.
    ///
    /// A cursor holds the result's snapshot; between batches the connection may be used. Without an open transaction
    /// one is opened for reading and closed at the end.
    ///
    /// - Parameters:
    ///   - statement: A SELECT.
    ///   - parameters: Its parameters.
    ///   - batch: Most rows of a batch.
    ///   - body: Called with each batch in order; never with an empty one. Throwing ends the scan.
    /// - Returns: How many rows there were.
    /// - Throws: What the server says, or what the body throws.
    @discardableResult
    nonisolated package func forEachBatch(
        _ statement: Statement, _ parameters: [PostgresValue] = [], batch: Int,
        _ body: (borrowing Rows) async throws(PostgresError) -> Void
    ) async throws(PostgresError) -> Int {
        try await forEachBatch(statement, parameters, batch: batch, throwing: PostgresError.self, body)
    }

    /// As `forEachBatch`, for a body with an error type of its own.
    @discardableResult
    nonisolated package func forEachBatch<Failure: PostgresFailure>(
        _ statement: Statement, _ parameters: [PostgresValue] = [], batch: Int, throwing: Failure.Type,
        _ body: (borrowing Rows) async throws(Failure) -> Void
    ) async throws(Failure) -> Int {
        precondition(batch > 0, "a batch has at least one row")
        if status.currentPhase == .inTransaction {
            return try await scan(statement, parameters, batch: batch, body)
        }
        return try await withTransaction(statement.name, mode: .readOnlySnapshot, throwing: Failure.self) {
            (connection) async throws(Failure) in
            try await connection.scan(statement, parameters, batch: batch, body)
        }
    }

    nonisolated private func scan<Failure: PostgresFailure>(
        _ statement: Statement, _ parameters: [PostgresValue], batch: Int,
        _ body: (borrowing Rows) async throws(Failure) -> Void
    ) async throws(Failure) -> Int {
        let cursor: String
        do throws(PostgresError) {
            cursor = try await openCursor(statement, parameters)
        } catch {
            throw .postgres(error)
        }
        let fetch = Statement(statement.name, "FETCH \(batch) FROM \(cursor)", timeout: statement.timeout)
        var total = 0
        while true {
            let count = try await fetchBatch(fetch, body)
            total += count
            if count < batch { break }
        }
        do throws(PostgresError) {
            try await script(Statement(statement.name, "CLOSE \(cursor)"))
        } catch {
            throw .postgres(error)
        }
        return total
    }

    nonisolated private func fetchBatch<Failure: PostgresFailure>(
        _ fetch: Statement, _ body: (borrowing Rows) async throws(Failure) -> Void
    ) async throws(Failure) -> Int {
        let rows: Rows
        do throws(PostgresError) { rows = try await queryUnprepared(fetch) } catch { throw .postgres(error) }
        if !rows.isEmpty { try await body(rows) }
        return rows.count
    }

    /// Declares a cursor and gives its name.
    private func openCursor(_ statement: Statement, _ parameters: [PostgresValue]) throws(PostgresError) -> String {
        cursors += 1
        let cursor = "scan_\(cursors)"
        // The planner expects a tenth of a cursor's rows to be read; a scan reads all of them.
        try script(Statement(statement.name, "SET LOCAL cursor_tuple_fraction = 1"))
        _ = try queryUnprepared(
            Statement(
                statement.name, "DECLARE \(cursor) NO SCROLL CURSOR FOR \(statement.sql)", timeout: statement.timeout),
            parameters)
        return cursor
    }
}
