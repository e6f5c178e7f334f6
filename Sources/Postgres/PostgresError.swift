/// What failed at PostgreSQL, in which statement, and whether to try again.
///
/// It never holds the value of a parameter or of a row: details and contexts of the server's messages are not read, and
/// quoted values are cut out of messages about data.
package struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Kind: Hashable, Sendable {
        /// No connection could be made, or it was lost.
        case connection
        /// The server refused a statement.
        case server(SQLState)
        /// The result does not have the expected type or is NULL.
        case decoding
        /// The pool's queue is full.
        case poolExhausted
        /// The pool was closed.
        case poolClosed
        /// The task was cancelled while it waited for a connection.
        case cancelled
        /// COPY stored another number of rows than were sent.
        case copyCount(sent: Int, stored: Int)
        /// A value is too long for PostgreSQL's format.
        case tooLarge
    }

    package let kind: Kind
    /// Name of the statement or transaction.
    package let statement: String
    /// What happened, in words.
    package let message: String
    /// The constraint that refused the data, if one did.
    package let constraint: String?
    /// Whether the connection is gone with the error.
    package let connectionLost: Bool
    /// Whether the connection broke during COMMIT, so that nobody knows whether the transaction is durable. Retry only
    /// what is harmless twice.
    package let commitOutcomeUnknown: Bool

    package init(
        _ kind: Kind, statement: String, message: String, constraint: String? = nil, connectionLost: Bool = false,
        commitOutcomeUnknown: Bool = false
    ) {
        self.kind = kind
        self.statement = statement
        self.message = message
        self.constraint = constraint
        self.connectionLost = connectionLost
        self.commitOutcomeUnknown = commitOutcomeUnknown
    }

    /// The code that the server gave, if it was the server.
    package var sqlState: SQLState? {
        if case .server(let state) = kind { state } else { nil }
    }

    /// Whether the same work may succeed later, unchanged. After `commitOutcomeUnknown` it may have succeeded already.
    package var isTransient: Bool {
        switch kind {
        case .connection, .poolExhausted: true
        case .server(let state): connectionLost || state.isTransient
        case .decoding, .poolClosed, .cancelled, .copyCount, .tooLarge: false
        }
    }

    package var description: String {
        var text = "PostgreSQL, \(statement): \(message)"
        if let sqlState { text += " (SQLSTATE \(sqlState))" }
        if let constraint { text += " [\(constraint)]" }
        if commitOutcomeUnknown { text += "; whether the transaction was committed is unknown" }
        return text
    }

    /// The server stored another number of rows than a table was sent.
    static func miscount(of table: TableCopy, stored: Int) -> PostgresError {
        PostgresError(
            .copyCount(sent: table.count, stored: stored), statement: table.name,
            message: "\(table.count) rows were sent and \(stored) stored")
    }

    /// The same error, on a connection that is gone.
    func onLostConnection() -> PostgresError {
        PostgresError(
            kind, statement: statement, message: message, constraint: constraint, connectionLost: true,
            commitOutcomeUnknown: commitOutcomeUnknown)
    }

    /// The same error, raised during COMMIT.
    func duringCommit() -> PostgresError {
        let isUnknown =
            connectionLost || sqlState == .transactionResolutionUnknown || sqlState == .statementCompletionUnknown
        return PostgresError(
            kind, statement: statement, message: message, constraint: constraint, connectionLost: connectionLost,
            commitOutcomeUnknown: isUnknown)
    }

    /// A server's message with everything between its first and last quote cut out, where it may quote data.
    static func withoutValues(_ message: String, state: SQLState) -> String {
        guard state.errorClass == "22", let first = message.utf8.firstIndex(of: UInt8(ascii: "\"")),
            let last = message.utf8.lastIndex(of: UInt8(ascii: "\"")), first < last
        else { return message }
        return String(message[...first]) + "..." + String(message[last...])
    }
}
