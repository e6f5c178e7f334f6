/// What a transaction sees and may do.
package enum TransactionMode: Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted
    /// The same for statements about a few keys of large tables, given as arrays: they are planned once for a connection, as
    /// look-ups in indexes. Else an array of thousands is planned anew each time, and may read the whole table.
    case readCommittedByKeys
    /// Every statement sees the same snapshot; writers may meet `serializationFailure`.
    case repeatableRead
    /// As if one after the other; may meet `serializationFailure`.
    case serializable
    /// One snapshot, no writes.
    case readOnlySnapshot

    var begin: String {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .readCommittedByKeys:
            """
            BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL plan_cache_mode = force_generic_plan; \
            SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off
            """
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case .readOnlySnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        }
    }
}
