import Monitoring
import Postgres

/// What the database knows about an id.
struct StoredIdentity: Sendable {
    let key: IdentityKey
    var record: IdentityRecord
    /// Where the row stands in its table, by which it is found fastest, as long as the transaction lasts that has locked it; nil
    /// where it was not asked, and on a Citus cluster, where a place is one of many tables.
    var place: RowLocation?
}
