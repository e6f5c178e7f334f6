package import Alerting
package import Monitoring
package import Postgres

/// Receivers that fail, are paused and are probed; and deliveries that are told again.
extension Store {
    private static let healthColumns = "failures, failing_since, paused_at, probe_at, last_error"

    private static func health(_ row: borrowing Row, at index: Int) throws(PostgresError) -> ReceiverHealth {
        ReceiverHealth(
            failures: Int(try row.int32(index)), failingSince: try row.timestamp(index + 1).time,
            pausedAt: try row.timestampIfPresent(index + 2)?.time, probeAt: try row.timestampIfPresent(index + 3)?.time,
            lastError: try row.stringIfPresent(index + 4))
    }

    /// How the receivers that fail are doing, by where they are.
    package func receiverHealth() async throws(PostgresError) -> [Destination: ReceiverHealth] {
        let rows = try await pool.query(
            Statement(
                "receiver.health",
                "SELECT destination, channel, \(Self.healthColumns) FROM receiver_health WHERE project = $1"),
            [.int32(project)]
        ) { row throws(PostgresError) in
            (Destination(name: try row.string(0), channel: try row.string(1)), try Self.health(row, at: 2))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Notes what an attempt says about its receiver. When a paused one works again, all that waits for it is due.
    func learn(
        _ evidence: DeliveryOutcome.Evidence, about destination: Destination, at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        let place: [PostgresValue] = [.int32(project), .text(destination.name), .text(destination.channel)]
        switch evidence {
        case .none: return
        case .works:
            let resumed = try await tx.query(
                Statement(
                    "receiver.works",
                    """
                    DELETE FROM receiver_health WHERE project = $1 AND destination = $2 AND channel = $3
                    RETURNING paused_at IS NOT NULL
                    """), place
            ) { row throws(PostgresError) in try row.bool(0) }
            guard resumed.first == true else { return }
            // Rows that others hold are being settled; they get their own time.
            try await tx.execute(
                Statement(
                    "receiver.resume",
                    """
                    UPDATE delivery SET next_at = $4 WHERE project = $1 AND id IN (
                        SELECT id FROM delivery
                        WHERE project = $1 AND destination = $2 AND channel = $3 AND state = 'ready' AND next_at > $4
                        FOR UPDATE SKIP LOCKED)
                    """), place + [.timestamp(now.timestamp)])
        case .fails(let reason), .gone(let reason):
            let isGone = if case .gone = evidence { true } else { false }
            let before = try await tx.query(
                Statement(
                    "receiver.before",
                    """
                    SELECT \(Self.healthColumns) FROM receiver_health
                    WHERE project = $1 AND destination = $2 AND channel = $3 FOR UPDATE
                    """), place
            ) { row throws(PostgresError) in try Self.health(row, at: 0) }
            let health = ReceiverHealth.afterFailure(before.first, reason: reason, at: now, isGone: isGone)
            try await tx.execute(
                Statement(
                    "receiver.fails",
                    """
                    INSERT INTO receiver_health (project, destination, channel, \(Self.healthColumns))
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                    ON CONFLICT (project, destination, channel) DO UPDATE SET
                        failures = greatest(receiver_health.failures + 1, excluded.failures),
                        paused_at = coalesce(receiver_health.paused_at, excluded.paused_at),
                        probe_at = coalesce(excluded.probe_at, receiver_health.probe_at),
                        last_error = excluded.last_error
                    """),
                place + [
                    .int32(Int32(clamping: health.failures)), .timestamp(health.failingSince.timestamp),
                    .timestamp(health.pausedAt?.timestamp), .timestamp(health.probeAt?.timestamp),
                    .text(health.lastError),
                ])
        }
    }

    /// Claims one delivery for each paused receiver whose probe is due, whatever time the delivery itself is due at.
    package func claimProbes(
        at now: Time, leaseUntil: Time, holder: String
    ) async throws(PostgresError) -> [ClaimedDelivery] {
        let next = now + ReceiverHealth.probeInterval
        let records = try await pool.query(
            Statement(
                "delivery.probe",
                """
                WITH probed AS (
                    UPDATE receiver_health SET probe_at = $3
                    WHERE project = $1 AND paused_at IS NOT NULL AND probe_at <= $2
                    RETURNING destination, channel
                ), mine AS (
                    SELECT h.id FROM probed r CROSS JOIN LATERAL (
                        SELECT d.id FROM delivery d
                        WHERE d.project = $1 AND d.destination = r.destination AND d.channel = r.channel
                            AND d.state = 'ready' AND (d.lease_until IS NULL OR d.lease_until < $2)
                            AND NOT EXISTS (
                                SELECT 1 FROM delivery p
                                WHERE p.project = d.project AND p.destination = d.destination
                                    AND p.channel = d.channel AND p.stream = d.stream AND p.sequence < d.sequence
                                    AND p.state = 'ready')
                        ORDER BY d.created_at, d.sequence LIMIT 1 FOR UPDATE OF d SKIP LOCKED) h
                )
                UPDATE delivery t SET lease_until = $4, lease_holder = $5, attempts = t.attempts + 1
                FROM mine WHERE t.project = $1 AND t.id = mine.id
                RETURNING \(Self.deliveryColumns.qualified("t"))
                """),
            [
                .int32(project), .timestamp(now.timestamp), .timestamp(next.timestamp),
                .timestamp(leaseUntil.timestamp), .text(holder),
            ]
        ) { row throws(PostgresError) in try Self.record(row) }
        return records.map { ClaimedDelivery(delivery: $0.delivery, model: $0.model, attempt: $0.attempts) }
    }

    /// Has a delivery told again at a time, and those before it in its stream no more.
    func schedule(_ refreshAt: Time?, of delivery: Delivery, _ tx: PostgresConnection) async throws(PostgresError) {
        try await tx.execute(
            Statement(
                "delivery.replace",
                """
                UPDATE delivery SET refresh_at = NULL WHERE project = $1 AND refresh_at IS NOT NULL
                    AND destination = $2 AND channel = $3 AND stream = $4 AND sequence <= $5
                """),
            [
                .int32(project), .text(delivery.destination.name), .text(delivery.destination.channel),
                .text(StoredKey.text(delivery.stream)), .int64(delivery.sequence),
            ])
        guard let refreshAt else { return }
        try await tx.execute(
            Statement("delivery.schedule", "UPDATE delivery SET refresh_at = $3 WHERE project = $1 AND id = $2"),
            [.int32(project), .text(delivery.id), .timestamp(refreshAt.timestamp)])
    }

    /// Takes deliveries that are to be told again, and puts their next time after `delay`.
    package func claimRefreshes(
        at now: Time, delay: PrometheusDuration
    ) async throws(PostgresError) -> [Delivery] {
        try await pool.query(
            Statement(
                "delivery.refresh",
                """
                UPDATE delivery SET refresh_at = $3 WHERE project = $1 AND id IN (
                    SELECT id FROM delivery WHERE project = $1 AND refresh_at <= $2
                    ORDER BY refresh_at LIMIT 64 FOR UPDATE SKIP LOCKED)
                RETURNING \(Self.deliveryColumns)
                """), [.int32(project), .timestamp(now.timestamp), .timestamp((now + delay).timestamp)]
        ) { row throws(PostgresError) in try Self.record(row).delivery }
    }

    /// Tells a delivery again no more.
    package func endRefresh(of id: String) async throws(PostgresError) {
        try await pool.execute(
            Statement("delivery.refreshed", "UPDATE delivery SET refresh_at = NULL WHERE project = $1 AND id = $2"),
            [.int32(project), .text(id)])
    }

    /// How many deliveries wait and how many were given up on, by where they go.
    package func waiting() async throws(PostgresError) -> [Destination: (waiting: Int64, dead: Int64)] {
        let rows = try await pool.query(
            Statement(
                "delivery.waiting",
                """
                SELECT destination, channel, count(*) FILTER (WHERE is_waiting), count(*) FILTER (WHERE NOT is_waiting)
                FROM (
                    SELECT destination, channel, true AS is_waiting FROM delivery WHERE project = $1 AND state = 'ready'
                    UNION ALL
                    SELECT destination, channel, false FROM delivery WHERE project = $1 AND state = 'dead') d
                GROUP BY destination, channel
                """), [.int32(project)]
        ) { row throws(PostgresError) in
            (
                Destination(name: try row.string(0), channel: try row.string(1)),
                (waiting: try row.int64(2), dead: try row.int64(3))
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Makes the dead deliveries of a receiver, or of all, ready again, those made at or after a time; how many they are.
    ///
    /// A paused receiver is tried at once.
    package func redeliver(
        receiver: String?, since: Time?, at now: Time
    ) async throws(PostgresError) -> Int {
        try await pool.execute(
            Statement(
                "receiver.try",
                """
                UPDATE receiver_health SET probe_at = $3
                WHERE project = $1 AND paused_at IS NOT NULL AND ($2::text IS NULL OR destination = $2)
                """), [.int32(project), .text(receiver), .timestamp(now.timestamp)])
        return try await pool.execute(
            Statement(
                "delivery.redeliver.dead",
                """
                UPDATE delivery SET state = 'ready', next_at = $4, settled_at = NULL, lease_until = NULL
                WHERE project = $1 AND state = 'dead' AND ($2::text IS NULL OR destination = $2)
                    AND ($3::timestamptz IS NULL OR created_at >= $3)
                """), [.int32(project), .text(receiver), .timestamp(since?.timestamp), .timestamp(now.timestamp)])
    }
}
