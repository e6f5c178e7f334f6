extension PostgresPool {
    /// Lends a connection to the body. What the body leaves open is rolled back.
    package func withConnection<Result: ~Copyable>(
        _ body: (PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        try await lending(try await lease(for: "connection"), body)
    }

    /// Runs the body in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// Nothing is tried again, except on another connection when the first was found dead before the transaction began.
    /// Errors of begin and commit are named after the transaction.
    package func withTransaction<Result: ~Copyable>(
        _ name: String, mode: TransactionMode = .readCommitted,
        _ body: (PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        try await withTransaction(name, mode: mode, throwing: PostgresError.self, body)
    }

    /// As `withTransaction`, for a body with an error type of its own.
    package func withTransaction<Result: ~Copyable, Failure: PostgresFailure>(
        _ name: String, mode: TransactionMode = .readCommitted, throwing: Failure.Type,
        _ body: (PostgresConnection) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let connection: PostgresConnection
        do throws(PostgresError) {
            connection = try await leaseWithTransaction(name, mode)
        } catch {
            throw .postgres(error)
        }
        return try await lending(connection) { connection throws(Failure) in
            try await connection.complete(name, body)
        }
    }

    /// As `withTransaction`, with the body on the connection's own thread: none of its statements waits until tasks that keep
    /// the pool of threads busy leave one to it.
    ///
    /// The body is to wait for nothing but the connection, which nobody else can use meanwhile.
    package func withTransactionOnThread<Result: Sendable>(
        _ name: String, mode: TransactionMode = .readCommitted,
        _ body: @Sendable (isolated PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        var attemptsLeft = configuration.maximumConnections
        while true {
            let outcome = try await lending(try await lease(for: name)) { connection throws(PostgresError) in
                try await connection.transactOnThread(name, mode, body)
            }
            switch outcome {
            case .success(let result): return result
            case .failure(let error):
                guard attemptsLeft > 0 else { throw error }
                attemptsLeft -= 1
            }
        }
    }

    /// Takes the connection back after the body.
    private func lending<Result: ~Copyable, Failure: Error>(
        _ connection: PostgresConnection, _ body: (PostgresConnection) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let result: Result
        do throws(Failure) {
            result = try await body(connection)
        } catch {
            await giveBack(connection)
            throw error
        }
        await giveBack(connection)
        return result
    }

    /// Runs one statement on any connection and gives its rows.
    package func query(
        _ statement: Statement, _ parameters: [PostgresValue] = []
    ) async throws(PostgresError) -> Rows {
        try await withConnection { (connection) async throws(PostgresError) in
            try await connection.query(statement, parameters)
        }
    }

    /// Runs one statement on any connection and gives the number of rows it touched.
    @discardableResult
    package func execute(
        _ statement: Statement, _ parameters: [PostgresValue] = []
    ) async throws(PostgresError) -> Int {
        try await withConnection { (connection) async throws(PostgresError) in
            try await connection.execute(statement, parameters)
        }
    }

    /// A connection in a new transaction. Idle connections may all have died with the server: each is tried once.
    private func leaseWithTransaction(
        _ name: String, _ mode: TransactionMode
    ) async throws(PostgresError) -> PostgresConnection {
        var attemptsLeft = configuration.maximumConnections
        while true {
            let connection = try await lease(for: name)
            do throws(PostgresError) {
                try await connection.begin(name, mode)
                return connection
            } catch {
                await giveBack(connection)
                guard error.connectionLost, attemptsLeft > 0 else { throw error }
                attemptsLeft -= 1
            }
        }
    }
}
