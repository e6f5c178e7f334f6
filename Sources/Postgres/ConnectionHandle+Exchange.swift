internal import CPostgres
internal import Glibc

/// Sending a command and waiting for its answer.
extension ConnectionHandle {
    /// Runs SQL without parameters; several statements, separated by semicolons, are one transaction.
    mutating func script(_ statement: Statement, deadline: ContinuousClock.Instant) throws(PostgresError) -> Rows {
        guard unsafe PQsendQuery(connection, statement.sql) == 1 else { throw lost(statement.name) }
        return try answer(statement.name, deadline: deadline)
    }

    /// Prepares a statement under a name of this connection.
    mutating func prepare(
        _ statement: Statement, as name: String, types: [PostgresType], deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        let identifiers = types.map(\.rawValue)
        let sent = unsafe PQsendPrepare(connection, name, statement.sql, Int32(clamping: types.count), identifiers)
        guard sent == 1 else { throw lost(statement.name) }
        _ = try answer(statement.name, deadline: deadline)
    }

    /// Runs a statement with parameters, under a prepared name or, without one, from its text.
    mutating func run(
        _ statement: Statement, prepared name: String?, _ parameters: [PostgresValue],
        deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> Rows {
        guard parameters.count <= 65_535 else {
            throw PostgresError(.tooLarge, statement: statement.name, message: "more than 65535 parameters")
        }
        // One block for all values, so that the pointers need no nesting. The extra byte gives empty values an address.
        var block: [UInt8] = []
        block.reserveCapacity(parameters.reduce(1) { $0 + ($1.bytes?.count ?? 0) })
        var offsets: [Int?] = []
        for parameter in parameters {
            offsets.append(parameter.bytes == nil ? nil : block.count)
            if let bytes = parameter.bytes { block.append(contentsOf: bytes) }
        }
        block.append(0)
        let count = Int32(truncatingIfNeeded: parameters.count)
        let lengths = parameters.map { Int32(clamping: $0.bytes?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: parameters.count)
        let types = parameters.map(\.type.rawValue)
        let sent = unsafe block.withUnsafeBytes { storage in
            let base = unsafe storage.baseAddress?.assumingMemoryBound(to: CChar.self)
            var values: [UnsafePointer<CChar>?] = unsafe []
            for offset in offsets {
                if let offset, let base = unsafe base {
                    unsafe values.append(base + offset)
                } else {
                    unsafe values.append(nil)
                }
            }
            if let name { return unsafe PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1) }
            return unsafe PQsendQueryParams(connection, statement.sql, count, types, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw lost(statement.name) }
        return try answer(statement.name, deadline: deadline)
    }

    /// The last result of a command, or its first error.
    mutating func answer(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) -> Rows {
        var last: Rows?
        var failure: PostgresError?
        while true {
            try awaitInput(statement, deadline: deadline)
            guard let pointer = unsafe PQgetResult(connection) else { break }
            let rows = unsafe Rows(owning: pointer, statement: statement)
            switch unsafe PQresultStatus(pointer) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                last = consume rows
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                close()
                throw PostgresError(
                    .connection, statement: statement, message: "COPY needs copy(into:)", connectionLost: true)
            default:
                if failure == nil { failure = unsafe error(in: pointer, statement) }
                _ = consume rows
            }
            // A broken connection would give its error for ever.
            if unsafe PQstatus(connection) != CONNECTION_OK { break }
        }
        if let failure { throw settled(failure) }
        guard let last else { throw lost(statement) }
        return last
    }

    /// Sends what libpq holds back and waits until a result is complete.
    /// - Throws: `connection` at the deadline, after closing: a late answer would be taken for the next statement's.
    mutating func awaitInput(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
        while true {
            let unsent = unsafe PQflush(connection)
            // On failure the result that libpq makes up says more than this function could.
            guard unsent >= 0 else { return }
            guard unsafe unsent == 1 || PQisBusy(connection) == 1 else { return }
            try awaitSocket(statement, forWriting: unsent == 1, deadline: deadline)
            guard unsafe PQconsumeInput(connection) == 1 else { return }
        }
    }

    /// Waits until the socket can be read, or written if asked.
    mutating func awaitSocket(
        _ statement: String, forWriting: Bool, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        while true {
            let left = deadline - ContinuousClock.now
            guard left > .zero, socket >= 0 else {
                let wasOpen = socket >= 0
                close()
                throw PostgresError(
                    .connection, statement: statement,
                    message: wasOpen ? "no answer in time; the connection was given up" : "the connection was lost",
                    connectionLost: true)
            }
            let (seconds, attoseconds) = left.components
            let milliseconds = min(seconds, 1_000_000) * 1000 + attoseconds / 1_000_000_000_000_000 + 1
            var watched = pollfd(fd: socket, events: Int16(POLLIN | (forWriting ? POLLOUT : 0)), revents: 0)
            let ready = unsafe poll(&watched, 1, Int32(clamping: milliseconds))
            // Any other outcome than a timeout or a signal is for libpq to find out.
            if ready > 0 || (ready < 0 && errno != EINTR) { return }
        }
    }

    /// The error with what became of the connection. After a fatal one the server hangs up, which is seen only later.
    func settled(_ failure: PostgresError) -> PostgresError {
        unsafe PQstatus(connection) == CONNECTION_OK ? failure : failure.onLostConnection()
    }

    /// What the server said, without anything that may quote data.
    func error(in result: OpaquePointer, _ statement: String) -> PostgresError {
        guard let code = unsafe field(.state, of: result) else { return lost(statement) }
        let state = SQLState(code)
        let message = unsafe field(.message, of: result) ?? "no message"
        return unsafe PostgresError(
            .server(state), statement: statement, message: PostgresError.withoutValues(message, state: state),
            constraint: field(.constraint, of: result))
    }

    private func field(_ field: DiagnosticField, of result: OpaquePointer) -> String? {
        guard let text = unsafe PQresultErrorField(result, field.code) else { return nil }
        return unsafe String(cString: text)
    }
}
