import Postgres

/// Rows for a table of the log.
struct LogCopy: Sendable {
    /// The rows.
    let rows: TableCopy
    /// What another process can cause while they are stored.
    let presumed: SQLState
}
