/// What a transaction sees and may do.
package enum TransactionMode: Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted
    /// The same for statements about a few keys of large tables, given as arrays: they are planned once for a connection, as
    /// look-ups in indexes, whatever size the tables have then. Else an array of thousands is planned anew each time, and may read
    /// the whole table.
    ///
    /// The statements must join all columns that lead the index with columns of the arrays: beside a constant the planner takes a
    /// table without statistics for small, and reads it as a whole for each key.
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
            SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_material = off; \
            SET LOCAL enable_seqscan = off
            """
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case .readOnlySnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        }
    }
}
