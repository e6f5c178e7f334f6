/// A table that lies in shards on a Citus cluster, and the column whose hash says in which.
///
/// Citus needs the column in every unique key of the table. What is not listed stays on the coordinator.
struct ShardedTable: Sendable {
    let name: String
    let column: String
    /// The table whose shards lie beside those of this one.
    let beside: String?

    /// In the order in which they are distributed.
    static let all = [
        ShardedTable(name: "identity", column: "key", beside: nil),
        ShardedTable(name: "idempotency", column: "key", beside: "identity"),
        ShardedTable(name: "prediction", column: "prediction_id", beside: nil),
        // Changes of outcomes do not say whose they are: those of a group lie together.
        ShardedTable(name: "outcome", column: "position", beside: nil),
        ShardedTable(name: "pane", column: "model", beside: nil),
        ShardedTable(name: "day_pane", column: "model", beside: "pane"),
    ]
}
