internal import CPostgres

/// COPY ... FROM STDIN.
extension ConnectionHandle {
    /// How many bytes of rows go to the server at a time: so few that it begins while the next are written, and that libpq's
    /// own buffer stays small.
    private static let chunk = 1 << 16

    /// Runs a script in which a COPY for each table stands behind any statements without rows, and others may stand behind them.
    ///
    /// The server has the whole of it from the beginning, and asks for the rows of a table as soon as it has stored those before.
    /// - Parameters:
    ///   - script: the text, with the statements of the tables in their order.
    ///   - tables: the rows.
    ///   - end: what stands behind the tables, for the name of its errors.
    ///   - timeout: how long to wait for each table, and for the end.
    /// - Returns: how many rows the last statement stored or touched.
    /// - Throws: what the server refuses, named after its table; `copyCount` when it stored other rows than were sent.
    mutating func copy(
        _ script: String, _ tables: [TableCopy], end: Statement?, timeout: Duration
    ) throws(PostgresError) -> Int {
        guard unsafe PQsendQuery(connection, script) == 1 else { throw lost(tables.first?.name ?? "copy") }
        var miscount: PostgresError?
        for table in tables {
            let deadline = deadline(in: timeout)
            try awaitCopy(table.name, deadline: deadline)
            try send(table, deadline: deadline)
            let stored = try result(table.name, deadline: deadline) ?? 0
            if stored != table.count { miscount = .miscount(of: table, stored: stored) }
        }
        var affected = tables.last?.count ?? 0
        if let end {
            affected = try answer(end.name, deadline: deadline(in: timeout)).affected
        } else {
            try skipRest("copy", deadline: deadline(in: timeout))
        }
        if let miscount { throw miscount }
        return affected
    }

    /// Sends rows as they are written, so many at a time as make about a chunk.
    private mutating func send(
        _ table: TableCopy, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        var writer = CopyWriter(columns: table.columns, capacity: ConnectionHandle.chunk)
        var (sent, step, bytes) = (0, 1, 0)
        while sent < table.count {
            let next = min(sent + step, table.count)
            table.write(sent..<next, &writer)
            precondition(
                writer.rowCount == next && writer.isComplete, "the rows asked for are written, with all their values")
            guard !writer.hasOverflowed else {
                try putEnd(table.name, refusing: "a value is too long", deadline: deadline)
                try skipRest(table.name, deadline: deadline)
                throw PostgresError(.tooLarge, statement: table.name, message: "a value is longer than 2 GiB")
            }
            sent = next
            bytes += writer.byteCount
            step = max(1, ConnectionHandle.chunk * sent / bytes)
            // The last rows go with the end: each time that something comes wakes the server.
            if sent < table.count {
                try put(&writer, table.name, deadline: deadline)
                try drain(table.name, deadline: deadline)
            }
        }
        writer.end()
        try put(&writer, table.name, deadline: deadline)
        try putEnd(table.name, deadline: deadline)
    }

    /// Waits until the server asks for rows.
    private mutating func awaitCopy(_ statement: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
        while try result(statement, deadline: deadline) != nil {}
    }

    /// How many rows the next statement of the script touched; nil where it is a COPY that waits for its rows.
    private mutating func result(
        _ statement: String, deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> Int? {
        try awaitInput(statement, deadline: deadline)
        guard let pointer = unsafe PQgetResult(connection) else { throw lost(statement) }
        let rows = unsafe Rows(owning: pointer, statement: statement)
        switch unsafe PQresultStatus(pointer) {
        case PGRES_COPY_IN: return nil
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return rows.affected
        default:
            let failure = unsafe error(in: pointer, statement)
            _ = consume rows
            try skipRest(statement, deadline: deadline)
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

    /// Hands what was written to libpq, which sends it in parts.
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
