import Alerting
package import Postgres

/// The outbox as people read it.
extension Store {
    private static let list = Statement(
        "delivery.list",
        """
        SELECT \(deliveryColumns) FROM delivery WHERE project = $1 AND ($2::text IS NULL OR state = $2)
        ORDER BY created_at DESC, sequence DESC LIMIT $3
        """)

    private static let attempts = Statement(
        "delivery.attempts",
        """
        SELECT delivery, attempt, at, status, error, excerpt FROM delivery_attempt
        WHERE project = $1 AND delivery = ANY ($2) ORDER BY delivery, attempt
        """)

    /// Deliveries of one state or all, newest first, each with its attempts, oldest first.
    ///
    /// All as of one instant: an attempt and the state that it led to are seen together or not at all.
    package func deliveries(state: String?, most: Int32 = 1000) async throws(PostgresError) -> [TriedDelivery] {
        let project = project
        return try await pool.withTransaction("delivery.list", mode: .readOnlySnapshot) { tx throws(PostgresError) in
            let records = try await tx.query(Self.list, [.int32(project), .text(state), .int32(most)]) {
                row throws(PostgresError) in try Self.record(row)
            }
            let attempts = try await tx.query(
                Self.attempts, [.int32(project), .array(records.map(\.delivery.id))]
            ) { row throws(PostgresError) in try Self.attempt(row) }
            let byDelivery = Dictionary(grouping: attempts, by: \.delivery)
            return records.map { TriedDelivery(record: $0, attempts: byDelivery[$0.delivery.id] ?? []) }
        }
    }

    private static func attempt(_ row: borrowing Row) throws(PostgresError) -> DeliveryAttempt {
        DeliveryAttempt(
            delivery: try row.string(0), attempt: try row.int32(1), at: try row.timestamp(2).time,
            status: try row.int32IfPresent(3), error: try row.stringIfPresent(4), excerpt: try row.stringIfPresent(5))
    }
}
