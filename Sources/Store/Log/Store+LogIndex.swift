package import Postgres

/// The index of positions in the log, by which a start finds what no pane includes.
extension Store {
    private static let places = Statement(
        "log.places",
        """
        SELECT i.indexrelid::regclass::text, coalesce(pg_relation_size(i.indrelid), 0) FROM pg_inherits h
        JOIN pg_index i ON i.indrelid = h.inhrelid
        JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam AND a.amname = 'brin'
        WHERE h.inhparent IN ('prediction'::regclass, 'outcome'::regclass)
        ORDER BY 1
        """)

    /// Has the index cover the pages that came since the last time.
    ///
    /// PostgreSQL leaves that to its cleaning of tables, minutes later; until then every search reads all these pages. A table
    /// that is being cleaned at this moment is passed over.
    /// - Parameter known: what this returned before; tables that are as long as then are passed over.
    /// - Returns: how many bytes of each table are covered, by the name of the index.
    /// - Throws: `PostgresError`.
    @discardableResult
    package func summarizeLog(since known: [String: Int64] = [:]) async throws(PostgresError) -> [String: Int64] {
        let indexes = try await pool.query(Self.places, []) { row throws(PostgresError) in
            (name: try row.string(0), bytes: try row.int64(1))
        }
        var covered: [String: Int64] = [:]
        for index in indexes {
            if known[index.name] != index.bytes {
                guard try await summarize(index.name) else { continue }
            }
            covered[index.name] = index.bytes
        }
        return covered
    }

    /// Has one index cover its table; false where that was not possible at this moment.
    private func summarize(_ index: String) async throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            try await pool.withTransaction("log.summarize") { tx throws(PostgresError) in
                try await tx.script(Statement("log.summarize", "SET LOCAL lock_timeout = '100ms'"))
                try await tx.execute(
                    Statement(
                        "log.summarize", "SELECT brin_summarize_new_values($1::regclass)", timeout: .seconds(600)),
                    [.text(index)])
            }
            return true
        } catch {
            guard error.sqlState == .lockNotAvailable || error.sqlState == .undefinedTable else { throw error }
            return false
        }
    }
}
