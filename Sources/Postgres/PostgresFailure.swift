/// An error type that a failure of PostgreSQL can become, so that a transaction's body may throw its own.
package protocol PostgresFailure: Error {
    /// The error that stands for a failure of PostgreSQL.
    static func postgres(_ error: PostgresError) -> Self
}

extension PostgresError: PostgresFailure {
    package static func postgres(_ error: PostgresError) -> PostgresError { error }
}
