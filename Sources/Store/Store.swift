package import Postgres

/// The only place with SQL: everything the service keeps, in its own terms.
///
/// A value that is cheap to copy; each method is one transaction unless it says otherwise. Times are parameters, so that a
/// test's clock reaches leases and retries.
package struct Store: Sendable {
    /// Connections to the database.
    package let pool: PostgresPool

    /// The tenant. Every key begins with it; there is one so far.
    package let project: Int32

    /// Where the tables lie, as ``Migrator/layout()`` found it.
    package let layout: StoreLayout

    /// A store on a pool.
    package init(pool: PostgresPool, project: Int32 = 1, layout: StoreLayout = .oneServer) {
        self.pool = pool
        self.project = project
        self.layout = layout
    }

    /// The mode of transactions about a few keys of large tables. Citus plans each statement for its values.
    var modeByKeys: TransactionMode { layout == .oneServer ? .readCommittedByKeys : .readCommitted }
}
