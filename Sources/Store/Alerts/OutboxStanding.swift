package import Monitoring
package import Postgres

/// How the outbox stands.
package struct OutboxStanding: Sendable {
    /// Deliveries that are not settled.
    package let waiting: Int64
    /// When the oldest of them was written.
    package let oldestWaiting: Time?
    /// Deliveries that were given up.
    package let dead: Int64
}

extension Store {
    /// How the outbox stands now.
    package func outboxStanding() async throws(PostgresError) -> OutboxStanding {
        let rows = try await pool.query(
            Statement(
                "delivery.standing",
                """
                SELECT count(*) FILTER (WHERE state = 'ready'), min(created_at) FILTER (WHERE state = 'ready'),
                    count(*) FILTER (WHERE state = 'dead')
                FROM delivery WHERE project = $1 AND state IN ('ready', 'dead')
                """), [.int32(project)]
        ) { row throws(PostgresError) in
            OutboxStanding(
                waiting: try row.int64(0), oldestWaiting: try row.timestampIfPresent(1)?.time, dead: try row.int64(2))
        }
        return rows.first ?? OutboxStanding(waiting: 0, oldestWaiting: nil, dead: 0)
    }
}
