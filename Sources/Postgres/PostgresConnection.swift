/// One connection to PostgreSQL, on a thread of its own.
///
/// Calls run one after the other. Each costs a hop to the thread (20 to 60 microseconds) and a round trip, so send
/// batches, not rows. A call that has begun is not stopped by the cancellation of its task.
package actor PostgresConnection {
    /// A statement that the server knows.
    private struct Prepared {
        let sql: String
        let types: [PostgresType]
        let name: String
    }

    /// How many statements a session keeps before all are forgotten; generated SQL must not fill the server's memory.
    private static let preparedLimit = 256

    private let thread: BlockingThread
    private let configuration: PostgresConfiguration
    nonisolated let status = ConnectionStatus()
    var handle = ConnectionHandle()
    private var prepared: [String: Prepared] = [:]
    private var serial = 0
    /// How many cursors were opened, for their names.
    var cursors = 0
    /// What begins the transaction in which nothing was sent to the server yet: it goes with the first statement where it can.
    var unsentBegin: Statement?

    nonisolated package var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    private init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
        thread = BlockingThread(name: "postgres")
    }

    /// Connects.
    package static func open(
        _ configuration: PostgresConfiguration
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection(configuration)
        try await connection.connect()
        return connection
    }

    private func connect() throws(PostgresError) {
        try handle.open(configuration)
        status.adopt(handle.cancelHandle())
        publish()
    }

    /// Closes the connection; an open transaction is rolled back. Later calls fail.
    package func close() {
        handle.close()
        publish()
    }

    /// Whether the connection can be given to somebody else: idle, and alive as far as can be seen without asking.
    nonisolated package var isUsable: Bool { status.currentPhase == .idle && !status.hasUnreadInput }

    /// Whether the connection is gone.
    nonisolated package var isClosed: Bool { status.currentPhase == .closed }

    /// Asks the server to stop the statement that runs, which then fails with `queryCanceled`.
    nonisolated package func interrupt() { status.interrupt() }

    /// Process id of the server's side, as in `pg_stat_activity`.
    package var serverProcess: Int32 { handle.serverProcess }

    /// Such as 150020 for PostgreSQL 15.20.
    package var serverVersion: Int { handle.serverVersion }

    /// How many statements are prepared on this connection.
    package var preparedCount: Int { prepared.count }

    /// Runs a statement and gives its rows, all of them.
    package func query(
        _ statement: Statement, _ parameters: [PostgresValue] = []
    ) throws(PostgresError) -> Rows {
        defer { publish() }
        do throws(PostgresError) {
            return try run(statement, parameters)
        } catch {
            // The primary that became a standby stays one: the next connection may find the new primary.
            if error.sqlState == .readOnlyTransaction { handle.close() }
            throw error
        }
    }

    /// Runs a statement and gives the number of rows that it inserted, changed, deleted or returned.
    @discardableResult
    package func execute(
        _ statement: Statement, _ parameters: [PostgresValue] = []
    ) throws(PostgresError) -> Int {
        try query(statement, parameters).affected
    }

    /// Runs SQL text without parameters that may hold several statements, such as a migration. Outside a transaction it
    /// is one.
    package func script(_ statement: Statement) throws(PostgresError) {
        defer { publish() }
        try sendBegin()
        _ = try handle.script(statement, deadline: deadline(of: statement))
    }

    /// Stores rows in a table.
    ///
    /// They are sent while they are written, so that the server works at the same time. It answers only when all are stored;
    /// one bad value refuses all of them.
    /// - Parameters:
    ///   - table: A name without schema, looked up in the search path.
    ///   - columns: The columns that are written, in order.
    ///   - count: How many rows there are.
    ///   - timeout: How long to wait for the server, instead of the connection's `answerTimeout`.
    ///   - write: Writes some of the rows, numbered from 0, on the connection's thread; called for all of them in order.
    /// - Throws: `copyCount` when the server counts other rows than were sent; roll the transaction back then.
    /// - Returns: How many rows were stored.
    @discardableResult
    package func copy(
        into table: String, columns: [String], count: Int, timeout: Duration? = nil,
        write: @escaping @Sendable (Range<Int>, inout CopyWriter) -> Void
    ) throws(PostgresError) -> Int {
        try copy([TableCopy(into: table, columns: columns, count: count, write: write)], timeout: timeout)
    }

    /// Stores rows in tables, one after the other, then runs SQL without parameters. The server is sent all of that at once, but for
    /// the rows, and answers once for each table and once at the end.
    /// - Parameters:
    ///   - tables: The rows of each.
    ///   - end: What is run behind them; it may hold several statements.
    ///   - timeout: How long to wait for the server at each answer, instead of the connection's `answerTimeout`.
    /// - Throws: `copyCount` when the server counts other rows than were sent; roll the transaction back then.
    /// - Returns: How many rows the last statement stored or touched.
    @discardableResult
    package func copy(
        _ tables: [TableCopy], end: Statement? = nil, timeout: Duration? = nil
    ) throws(PostgresError) -> Int {
        defer { publish() }
        let texts = [unsentBegin?.sql].compactMap { $0 } + tables.map(\.sql) + [end?.sql].compactMap { $0 }
        return try handle.copy(
            texts.joined(separator: "; "), tables, end: end, timeout: timeout ?? configuration.answerTimeout)
    }

    /// Runs a statement from its text, for texts that are never the same again.
    func queryUnprepared(
        _ statement: Statement, _ parameters: [PostgresValue] = []
    ) throws(PostgresError) -> Rows {
        defer { publish() }
        try sendBegin()
        return try handle.run(statement, prepared: nil, parameters, deadline: deadline(of: statement))
    }

    /// Begins the transaction that is to be begun.
    private func sendBegin() throws(PostgresError) {
        guard let begin = unsentBegin else { return }
        _ = try handle.script(begin, deadline: deadline(of: begin))
        unsentBegin = nil
    }

    /// Publishes what others may know.
    func publish() {
        let phase = handle.phase
        if phase == .inTransaction { unsentBegin = nil }
        if phase == .closed {
            prepared = [:]
        }
        status.update(phase: phase, socket: handle.socket)
    }

    /// When the answer to a statement is due.
    func deadline(of statement: Statement) -> ContinuousClock.Instant {
        handle.deadline(in: statement.timeout ?? configuration.answerTimeout)
    }

    private func run(_ statement: Statement, _ parameters: [PostgresValue]) throws(PostgresError) -> Rows {
        try sendBegin()
        let deadline = deadline(of: statement)
        guard configuration.preparesStatements else {
            return try handle.run(statement, prepared: nil, parameters, deadline: deadline)
        }
        let isFirst = prepared[statement.name] == nil
        let isAlone = handle.phase == .idle
        let name = try preparedName(statement, parameters, deadline: deadline)
        do throws(PostgresError) {
            return try handle.run(statement, prepared: name, parameters, deadline: deadline)
        } catch {
            // A table changed under a prepared statement, or something threw our statements away.
            guard error.sqlState == .featureNotSupported || error.sqlState == .invalidStatementName, !isFirst else {
                throw error
            }
            prepared[statement.name] = nil
            guard isAlone else { throw error }
        }
        let again = try preparedName(statement, parameters, deadline: deadline)
        return try handle.run(statement, prepared: again, parameters, deadline: deadline)
    }

    /// The server's name of a statement; prepares it when it is new.
    private func preparedName(
        _ statement: Statement, _ parameters: [PostgresValue], deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> String {
        let types = parameters.map(\.type)
        if let known = prepared[statement.name] {
            // Bytes, because Swift's == takes different Unicode forms for one text.
            if known.types == types && known.sql.utf8.elementsEqual(statement.sql.utf8) { return known.name }
            _ = try handle.script(Statement(statement.name, "DEALLOCATE \(known.name)"), deadline: deadline)
            prepared[statement.name] = nil
        }
        if prepared.count >= PostgresConnection.preparedLimit {
            _ = try handle.script(Statement(statement.name, "DEALLOCATE ALL"), deadline: deadline)
            prepared = [:]
        }
        serial += 1
        let name = "s\(serial)"
        try handle.prepare(statement, as: name, types: types, deadline: deadline)
        prepared[statement.name] = Prepared(sql: statement.sql, types: types, name: name)
        return name
    }
}
