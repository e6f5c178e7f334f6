/// Where the tables lie.
package enum StoreLayout: Sendable, Equatable {
    /// All on one PostgreSQL.
    case oneServer
    /// The log, the identities and the panes in shards of a Citus cluster, everything else on its coordinator.
    case distributed
}
