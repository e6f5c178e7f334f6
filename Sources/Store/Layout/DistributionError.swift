package import Postgres

/// Why the tables were not distributed.
package enum DistributionError: PostgresFailure, CustomStringConvertible {
    /// The server does not have the extension.
    case unavailable
    /// The server has the extension and has not loaded it.
    case notLoaded
    /// The role may not finish what the coordinator did not live to finish.
    case forbidden
    /// A process holds a writer slot.
    case inUse(holder: String)
    /// The server refused.
    case database(PostgresError)

    package static func postgres(_ error: PostgresError) -> DistributionError { .database(error) }

    package var description: String {
        switch self {
        case .unavailable:
            """
            this PostgreSQL has no extension citus: install Citus for its version on every server of the cluster \
            (https://docs.citusdata.com), put citus first in shared_preload_libraries, restart, and try again
            """
        case .notLoaded:
            """
            this PostgreSQL has the extension citus and has not loaded it: put citus first in shared_preload_libraries, \
            restart the server, and try again
            """
        case .forbidden:
            """
            the role may not call recover_prepared_transactions(), without which rows could be missed after a crash: let a \
            superuser run GRANT EXECUTE ON FUNCTION recover_prepared_transactions() TO the role, and try again
            """
        case .inUse(let holder):
            """
            the service runs on this database (\(holder)): stop every process, or wait ten seconds after one was killed, \
            and try again
            """
        case .database(let error): error.description
        }
    }
}
