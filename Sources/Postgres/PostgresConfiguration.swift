/// How to reach a server, and how long to wait for it.
package struct PostgresConfiguration: Sendable {
    /// A libpq URI or keyword string, passed on as it is. It may hold a password: never show it.
    package var connectionString: String
    /// Most connections of the pool.
    package var maximumConnections: Int
    /// Most tasks that may wait for a connection; one more is refused with `poolExhausted`.
    package var maximumWaiters: Int
    /// How long a connection may take to be made; whole seconds, at least 2.
    package var connectTimeout: Duration
    /// How long to wait for an answer before the connection is given up on, so that a dead server or a silent network
    /// blocks nobody. A statement may bring its own.
    package var answerTimeout: Duration
    /// PostgreSQL's `statement_timeout`; `nil` leaves the server's.
    package var statementTimeout: Duration?
    /// The schemas to look in, in order; empty leaves the server's.
    package var searchPath: [String]
    /// Whether statements are prepared once per connection. Off for PgBouncer in transaction mode, which hands
    /// connections around.
    package var preparesStatements: Bool

    package init(
        connectionString: String, maximumConnections: Int = 8, maximumWaiters: Int = 1024,
        connectTimeout: Duration = .seconds(10), answerTimeout: Duration = .seconds(60),
        statementTimeout: Duration? = nil, searchPath: [String] = [], preparesStatements: Bool = true
    ) {
        precondition(maximumConnections > 0, "a pool has at least one connection")
        precondition(maximumWaiters >= 0, "a queue has no negative length")
        self.connectionString = connectionString
        self.maximumConnections = maximumConnections
        self.maximumWaiters = maximumWaiters
        self.connectTimeout = connectTimeout
        self.answerTimeout = answerTimeout
        self.statementTimeout = statementTimeout
        self.searchPath = searchPath
        self.preparesStatements = preparesStatements
    }

    /// libpq's parameters in order. Those before `dbname` are defaults that the connection string may override, those
    /// after it are not.
    var parameters: [(keyword: String, value: String)] {
        let tcpTimeout = max(1, answerTimeout.components.seconds).multipliedReportingOverflow(by: 1000)
        return [
            ("application_name", "driftline"),
            ("connect_timeout", String(max(2, connectTimeout.components.seconds))),
            ("keepalives", "1"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", String(min(tcpTimeout.overflow ? .max : tcpTimeout.partialValue, 30_000))),
            ("dbname", connectionString),
            ("client_encoding", "UTF8"),
        ]
    }

    /// What a new session is told first; `nil` when nothing.
    var sessionSettings: String? {
        var commands: [String] = []
        if let statementTimeout {
            let (seconds, attoseconds) = statementTimeout.components
            let milliseconds = min(max(0, seconds), 2_000_000) * 1000 + attoseconds / 1_000_000_000_000_000
            commands.append("SET statement_timeout = \(max(1, milliseconds))")
        }
        if !searchPath.isEmpty {
            commands.append("SET search_path = " + searchPath.map(SQLIdentifier.quoted).joined(separator: ", "))
        }
        return commands.isEmpty ? nil : commands.joined(separator: "; ")
    }
}
