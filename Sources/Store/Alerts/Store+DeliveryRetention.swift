package import Monitoring
package import Postgres

/// Deliveries that are old enough to go.
extension Store {
    /// Removes settled deliveries of a model, the oldest first, with their attempts and what they told of; 0 is no model.
    ///
    /// What an Alertmanager is still told again stays.
    /// - Returns: how many were removed, at most `most`.
    package func removeDeliveries(
        model: Int32, deliveredBefore: Time, deadBefore: Time, most: Int32 = 1000
    ) async throws(PostgresError) -> Int {
        try await pool.execute(
            Statement(
                "delivery.remove",
                """
                WITH old AS (
                    SELECT id FROM delivery
                    WHERE project = $1 AND model = $2 AND settled_at < greatest($3, $4)
                        AND (state = 'delivered' AND settled_at < $3 AND refresh_at IS NULL
                            OR state = 'dead' AND settled_at < $4)
                    ORDER BY settled_at LIMIT $5 FOR UPDATE SKIP LOCKED
                ), attempts AS (
                    DELETE FROM delivery_attempt a USING old WHERE a.project = $1 AND a.delivery = old.id
                ), told AS (
                    DELETE FROM delivery_alert t USING old WHERE t.project = $1 AND t.delivery = old.id
                )
                DELETE FROM delivery d USING old WHERE d.project = $1 AND d.id = old.id
                """),
            [
                .int32(project), .int32(model), .timestamp(deliveredBefore.timestamp),
                .timestamp(deadBefore.timestamp), .int32(most),
            ])
    }
}
