internal import CPostgres

/// COPY ... FROM STDIN.
extension ConnectionHandle {
    /// How many bytes go to libpq at once, so that its own buffer stays small.
    private static let chunk = 1 << 18

    /// Sends the writer's rows.
    /// - Returns: How many rows the server stored.
    mutating func copy(
        _ statement: Statement, from writer: borrowing CopyWriter, deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> Int {
        guard unsafe PQsendQuery(connection, statement.sql) == 1 else { throw lost(statement.name) }
        try awaitInput(statement.name, deadline: deadline)
        guard let pointer = unsafe PQgetResult(connection) else { throw lost(statement.name) }
        let start = unsafe Rows(owning: pointer, statement: statement.name)
        let status = unsafe PQresultStatus(pointer)
        guard status == PGRES_COPY_IN else {
            let failure = unsafe error(in: pointer, statement.name)
            _ = consume start
            try skipRest(statement.name, deadline: deadline)
            throw settled(failure)
        }
        _ = consume start
        try unsafe writer.withStream { (bytes) throws(PostgresError) in
            unsafe try put(bytes, statement.name, deadline: deadline)
        }
        try putEnd(statement.name, deadline: deadline)
        return try answer(statement.name, deadline: deadline).affected
    }

    /// Reads the rest of a failed command.
    private mutating func skipRest(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
        while unsafe PQstatus(connection) == CONNECTION_OK {
            try awaitInput(statement, deadline: deadline)
            guard let pointer = unsafe PQgetResult(connection) else { return }
            unsafe PQclear(pointer)
        }
    }

    /// Sends bytes in chunks, waiting for the server whenever it is behind.
    private mutating func put(
        _ bytes: UnsafeRawBufferPointer, _ statement: String, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        var offset = 0
        while offset < bytes.count {
            let size = min(ConnectionHandle.chunk, bytes.count - offset)
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size])
            let start = unsafe part.baseAddress?.assumingMemoryBound(to: CChar.self)
            switch unsafe PQputCopyData(connection, start, Int32(truncatingIfNeeded: size)) {
            case 1: offset += size
            case 0: try awaitSocket(statement, forWriting: true, deadline: deadline)
            default: throw lost(statement)
            }
            try drain(statement, deadline: deadline)
        }
    }

    private mutating func putEnd(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
        while true {
            switch unsafe PQputCopyEnd(connection, nil) {
            case 1: return
            case 0: try awaitSocket(statement, forWriting: true, deadline: deadline)
            default: throw lost(statement)
            }
        }
    }

    /// Waits until libpq has sent everything; reads meanwhile, because a server that cannot write stops reading.
    private mutating func drain(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
        while true {
            let unsent = unsafe PQflush(connection)
            if unsent == 0 { return }
            guard unsent == 1 else { throw lost(statement) }
            try awaitSocket(statement, forWriting: true, deadline: deadline)
            guard unsafe PQconsumeInput(connection) == 1 else { throw lost(statement) }
        }
    }
}
