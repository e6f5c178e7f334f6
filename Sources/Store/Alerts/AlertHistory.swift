import Alerting
package import Monitoring
package import Postgres

/// A delivery that told of an alert.
package struct AlertDelivery: Sendable {
    package let record: DeliveryRecord
    /// As what the alert was told: `firing` or `resolved`.
    package let status: String
}

/// What became of alerts, and who was told.
extension Store {
    private static let columns =
        "rule, fingerprint, slot, from_verdict, to_verdict, health, reason, value, correction"

    private static func event(_ row: borrowing Row) throws(PostgresError) -> AlertEvent {
        AlertEvent(
            rule: try row.string(0), fingerprint: try row.string(1), slot: try row.timestamp(2).time,
            from: try row.string(3), to: try row.string(4), health: try row.string(5), reason: try row.string(6),
            value: try row.doubleIfPresent(7) ?? .nan, correction: try row.stringIfPresent(8))
    }

    /// The history of an alert, oldest first, at most the newest 10,000 entries.
    package func history(model: Int32, fingerprint: String) async throws(PostgresError) -> [AlertEvent] {
        try await pool.query(
            Statement(
                "alert.history",
                """
                SELECT \(Self.columns) FROM alert_event
                WHERE project = $1 AND model = $2 AND fingerprint = $3 ORDER BY id DESC LIMIT 10000
                """), [.int32(project), .int32(model), .text(fingerprint)]
        ) { row throws(PostgresError) in try Self.event(row) }.reversed()
    }

    /// What became of a model's alerts at slots from one on, oldest first, at most the newest 10,000 entries.
    package func history(model: Int32, since slot: Time) async throws(PostgresError) -> [AlertEvent] {
        try await pool.query(
            Statement(
                "alert.history.since",
                """
                SELECT \(Self.columns) FROM alert_event
                WHERE project = $1 AND model = $2 AND slot >= $3 ORDER BY id DESC LIMIT 10000
                """), [.int32(project), .int32(model), .timestamp(slot.timestamp)]
        ) { row throws(PostgresError) in try Self.event(row) }.reversed()
    }

    /// Notes which alerts deliveries tell of, in the transaction that writes them.
    func insert(
        _ notifications: [(delivery: String, notification: Notification)], model: Int32, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        for (delivery, notification) in notifications where !notification.alerts.isEmpty {
            try await tx.execute(
                Statement(
                    "delivery.alerts",
                    """
                    INSERT INTO delivery_alert (project, delivery, model, fingerprint, status)
                    SELECT $1, $2, $3, told.fingerprint, told.status
                    FROM unnest($4::text[], $5::text[]) AS told (fingerprint, status)
                    WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.project = $1 AND d.id = $2)
                    ON CONFLICT DO NOTHING
                    """),
                [
                    .int32(project), .text(delivery), .int32(model),
                    .array(notification.alerts.map(\.fingerprint.description)),
                    .array(notification.alerts.map { $0.isResolved ? "resolved" : "firing" }),
                ])
        }
    }

    /// The deliveries that told of an alert, newest first, at most 1,000.
    package func deliveries(model: Int32, fingerprint: String) async throws(PostgresError) -> [AlertDelivery] {
        try await pool.query(
            Statement(
                "delivery.ofAlert",
                """
                SELECT \(Self.deliveryColumns.qualified("d")), t.status
                FROM delivery_alert t JOIN delivery d ON d.project = t.project AND d.id = t.delivery
                WHERE t.project = $1 AND t.model = $2 AND t.fingerprint = $3
                ORDER BY d.created_at DESC, d.sequence DESC LIMIT 1000
                """), [.int32(project), .int32(model), .text(fingerprint)]
        ) { row throws(PostgresError) in
            AlertDelivery(record: try Self.record(row), status: try row.string(18))
        }
    }
}
