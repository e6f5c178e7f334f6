/// What a transaction sees and may do.
package enum TransactionMode: Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted
    /// Every statement sees the same snapshot; writers may meet `serializationFailure`.
    case repeatableRead
    /// As if one after the other; may meet `serializationFailure`.
    case serializable
    /// One snapshot, no writes.
    case readOnlySnapshot

    var begin: String {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case .readOnlySnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        }
    }
}
