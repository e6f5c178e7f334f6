internal import CPostgres

/// COPY ... FROM STDIN.
extension ConnectionHandle {
    /// How many bytes of rows go to the server at a time: so few that it begins while the next are written, and that libpq's
    /// own buffer stays small.
    private static let chunk = 1 << 16

    /// Sends rows as `write` writes them, so many at a time as make about a chunk.
    /// - Returns: How many rows the server stored.
    mutating func copy(
        _ statement: Statement, columns: Int, count: Int, deadline: ContinuousClock.Instant,
        write: (Range<Int>, inout CopyWriter) -> Void
    ) throws(PostgresError) -> Int {
        try beginCopy(statement, deadline: deadline)
        var writer = CopyWriter(columns: columns, capacity: ConnectionHandle.chunk)
        var (sent, step, bytes) = (0, 1, 0)
        while sent < count {
            let next = min(sent + step, count)
            write(sent..<next, &writer)
            precondition(
                writer.rowCount == next && writer.isComplete, "the rows asked for are written, with all their values")
            guard !writer.hasOverflowed else {
                try putEnd(statement.name, refusing: "a value is too long", deadline: deadline)
                try skipRest(statement.name, deadline: deadline)
                throw PostgresError(.tooLarge, statement: statement.name, message: "a value is longer than 2 GiB")
            }
            sent = next
            bytes += writer.byteCount
            step = max(1, ConnectionHandle.chunk * sent / bytes)
            try put(&writer, statement.name, deadline: deadline)
        }
        writer.end()
        try put(&writer, statement.name, deadline: deadline)
        try putEnd(statement.name, deadline: deadline)
        return try answer(statement.name, deadline: deadline).affected
    }

    private mutating func beginCopy(
        _ statement: Statement, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
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
    }

    /// Reads the rest of a failed command.
    private mutating func skipRest(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
        while unsafe PQstatus(connection) == CONNECTION_OK {
            try awaitInput(statement, deadline: deadline)
            guard let pointer = unsafe PQgetResult(connection) else { return }
            unsafe PQclear(pointer)
        }
    }

    /// Sends what was written, waiting for the server whenever it is behind.
    private mutating func put(
        _ writer: inout CopyWriter, _ statement: String, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        try unsafe writer.takeBytes { (bytes) throws(PostgresError) in
            var offset = 0
            while offset < bytes.count {
                // One row may be larger than what libpq takes at once.
                let size = min(Int(Int32.max), bytes.count - offset)
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
    }

    /// Ends the rows; with a reason to refuse them the server stores none.
    private mutating func putEnd(
        _ statement: String, refusing reason: String? = nil, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        while true {
            switch unsafe PQputCopyEnd(connection, reason) {
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
