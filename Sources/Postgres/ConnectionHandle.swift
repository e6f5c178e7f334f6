internal import CPostgres
internal import Glibc

/// The owner of one libpq connection; closes it when it goes.
///
/// Used by one thread at a time. Every call that waits has a deadline: libpq runs in non-blocking mode, and the waiting
/// is `poll` here.
@safe struct ConnectionHandle: ~Copyable {
    /// What a connection is in the middle of.
    enum Phase: UInt8 {
        case closed, idle, inTransaction
    }

    /// `nil` before `open` and after `close`; libpq takes a null pointer for a bad connection.
    private(set) var connection: OpaquePointer?

    init() { unsafe connection = nil }

    deinit { unsafe PQfinish(connection) }

    /// Connects. Blocks until connected, refused, or out of time.
    mutating func open(_ configuration: PostgresConfiguration) throws(PostgresError) {
        close()
        // libpq's own message would repeat parts of a string that it cannot read, and with it the password.
        guard ConnectionHandle.isReadable(configuration.connectionString) else {
            throw PostgresError(
                .connection, statement: "connect",
                message: "the database URL is neither postgresql://... nor keyword=value pairs of libpq")
        }
        let parameters = configuration.parameters
        unsafe connection = withCStrings(parameters.map(\.keyword)) { keywords in
            unsafe withCStrings(parameters.map(\.value)) { values in unsafe PQconnectdbParams(keywords, values, 1) }
        }
        guard unsafe PQstatus(connection) == CONNECTION_OK else {
            let message = lastMessage
            close()
            throw PostgresError(.connection, statement: "connect", message: message, connectionLost: true)
        }
        // Warnings of the server are not ours to print.
        _ = unsafe PQsetNoticeReceiver(connection, { _, _ in }, nil)
        unsafe PQsetErrorContextVisibility(connection, PQSHOW_CONTEXT_NEVER)
        guard unsafe PQsetnonblocking(connection, 1) == 0 else { throw lost("connect") }
        if let settings = configuration.sessionSettings {
            let statement = Statement("session settings", settings, timeout: configuration.connectTimeout)
            _ = try script(statement, deadline: deadline(in: configuration.connectTimeout))
        }
    }

    private static func isReadable(_ connectionString: String) -> Bool {
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(connectionString, &message)
        unsafe PQconninfoFree(options)
        unsafe PQfreemem(message)
        return unsafe options != nil
    }

    /// Closes the connection; a transaction that is open is rolled back by the server.
    mutating func close() {
        unsafe PQfinish(connection)
        unsafe connection = nil
    }

    /// What the connection is in the middle of.
    var phase: Phase {
        guard unsafe PQstatus(connection) == CONNECTION_OK else { return .closed }
        return switch unsafe PQtransactionStatus(connection) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_INTRANS, PQTRANS_INERROR: .inTransaction
        default: .closed  // a command was left half done
        }
    }

    /// The socket, -1 without one.
    var socket: Int32 { unsafe PQsocket(connection) }

    /// Process id of the server's side.
    var serverProcess: Int32 { unsafe PQbackendPID(connection) }

    /// Such as 150020 for 15.20.
    var serverVersion: Int { unsafe Int(PQserverVersion(connection)) }

    /// What is needed to interrupt a running statement from another thread.
    func cancelHandle() -> CancelHandle? {
        guard let cancel = unsafe PQgetCancel(connection) else { return nil }
        return unsafe CancelHandle(owning: cancel)
    }

    func deadline(in timeout: Duration) -> ContinuousClock.Instant { ContinuousClock.now.advanced(by: timeout) }

    /// libpq's latest complaint, on one line.
    var lastMessage: String {
        guard let message = unsafe PQerrorMessage(connection) else { return "no connection" }
        return unsafe ConnectionHandle.oneLine(String(cString: message))
    }

    /// The error for a connection that broke.
    func lost(_ statement: String) -> PostgresError {
        let message = lastMessage
        return PostgresError(
            .connection, statement: statement, message: message.isEmpty ? "the connection was lost" : message,
            connectionLost: true)
    }

    /// Lines joined by `; `, without libpq's markers.
    static func oneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).map { line in
            String(line.drop { $0 == " " || $0 == "\t" })
        }.joined(separator: "; ")
    }
}
