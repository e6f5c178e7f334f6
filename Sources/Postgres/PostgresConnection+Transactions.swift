extension PostgresConnection {
    /// Runs the body in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// The body runs where the caller runs, not on the connection's thread.
    nonisolated package func withTransaction<Result: ~Copyable>(
        _ name: String, mode: TransactionMode = .readCommitted,
        _ body: (PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        try await withTransaction(name, mode: mode, throwing: PostgresError.self, body)
    }

    /// As `withTransaction`, for a body with an error type of its own.
    nonisolated package func withTransaction<Result: ~Copyable, Failure: PostgresFailure>(
        _ name: String, mode: TransactionMode = .readCommitted, throwing: Failure.Type,
        _ body: (PostgresConnection) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        do throws(PostgresError) { try await begin(name, mode) } catch { throw .postgres(error) }
        return try await complete(name, body)
    }

    /// Runs the body inside an open transaction so that its failure undoes only its own work.
    nonisolated package func withSavepoint<Result: ~Copyable>(
        _ name: String, _ body: (PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        try await script(Statement(name, "SAVEPOINT inner_work"))
        let result: Result
        do throws(PostgresError) {
            result = try await body(self)
        } catch {
            if !isClosed { try await script(Statement(name, "ROLLBACK TO inner_work; RELEASE inner_work")) }
            throw error
        }
        try await script(Statement(name, "RELEASE inner_work"))
        return result
    }

    /// Opens a transaction.
    func begin(_ name: String, _ mode: TransactionMode) throws(PostgresError) {
        precondition(handle.phase != .inTransaction, "a transaction is not opened inside another; use a savepoint")
        try script(Statement("\(name): begin", mode.begin))
    }

    /// The body, then COMMIT or ROLLBACK.
    nonisolated func complete<Result: ~Copyable, Failure: PostgresFailure>(
        _ name: String, _ body: (PostgresConnection) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let result: Result
        do throws(Failure) {
            result = try await body(self)
        } catch {
            await rollBack()
            throw error
        }
        do throws(PostgresError) { try await commit(name) } catch { throw .postgres(error) }
        return result
    }

    /// A whole transaction on the connection's own thread. BEGIN is sent with the first statement, or before it.
    /// - Returns: a failure where the connection was found dead before the transaction began; everything else is thrown.
    func transactOnThread<Result: Sendable>(
        _ name: String, _ mode: TransactionMode,
        _ body: @Sendable (isolated PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Swift.Result<Result, PostgresError> {
        precondition(handle.phase != .inTransaction, "a transaction is not opened inside another; use a savepoint")
        let begin = Statement("\(name): begin", mode.begin)
        let due = deadline(of: begin)
        unsentBegin = begin
        defer { unsentBegin = nil }
        do throws(PostgresError) {
            return .success(try await complete(name) { _ throws(PostgresError) in try await body(self) })
        } catch {
            // One that gave no answer in time may have been alive, and another need not be faster.
            guard error.connectionLost, unsentBegin != nil, ContinuousClock.now < due else { throw error }
            return .failure(error)
        }
    }

    private func commit(_ name: String) throws(PostgresError) {
        guard unsentBegin == nil else { return }
        defer { publish() }
        let statement = Statement("\(name): commit", "COMMIT")
        do throws(PostgresError) {
            let tag = try handle.script(statement, deadline: deadline(of: statement)).commandTag
            // A transaction in which a statement failed answers COMMIT with ROLLBACK, and without an error.
            guard tag == "COMMIT" else {
                throw PostgresError(
                    .server(.inFailedTransaction), statement: statement.name,
                    message: "the transaction was rolled back because a statement in it had failed")
            }
        } catch {
            throw error.duringCommit()
        }
    }

    /// Ends the transaction without effect; a connection on which that fails is closed, which has the same result.
    func rollBack() {
        defer { publish() }
        guard handle.phase == .inTransaction else { return }
        let statement = Statement("rollback", "ROLLBACK")
        do throws(PostgresError) {
            _ = try handle.script(statement, deadline: deadline(of: statement))
        } catch {
            handle.close()
        }
    }
}
