package import Alerting
package import Monitoring
package import Postgres

/// The outbox: deliveries are written with their cause, claimed under a lease, and settled.
extension Store {
    static let deliveryColumns = """
        id, kind, destination, channel, stream, sequence, payload, created_at, event_time, replayed, model, state,
        attempts, next_at, last_status, last_error, settled_at, headers
        """

    private static let insert = Statement(
        "delivery.insert",
        """
        INSERT INTO delivery (project, id, kind, destination, channel, stream, sequence, payload, created_at, event_time,
            replayed, model, state, next_at, headers)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'ready', $9, $13)
        ON CONFLICT (project, destination, channel, stream, sequence) DO NOTHING
        """)

    /// Only the oldest unsettled delivery of a stream is given out, so that nothing is resolved before it fired. A lease
    /// that ran out makes a delivery claimable again. Every receiver has its own places, so that one that hangs delays nobody
    /// else, and a paused one has none. The conditions stand again beside the lock, where they see what others just changed.
    private static let claim = Statement(
        "delivery.claim",
        """
        WITH RECURSIVE receiver AS (
            (SELECT destination, channel FROM delivery WHERE project = $1 AND state = 'ready'
                ORDER BY destination, channel LIMIT 1)
            UNION ALL
            SELECT n.destination, n.channel FROM receiver r, LATERAL (
                SELECT d.destination, d.channel FROM delivery d
                WHERE d.project = $1 AND d.state = 'ready' AND (d.destination, d.channel) > (r.destination, r.channel)
                ORDER BY d.destination, d.channel LIMIT 1) n
        ), due AS MATERIALIZED (
            SELECT h.id FROM receiver r
            LEFT JOIN receiver_health s ON s.project = $1 AND s.destination = r.destination AND s.channel = r.channel
            CROSS JOIN LATERAL (
                SELECT d.id, d.next_at FROM delivery d
                WHERE d.project = $1 AND d.destination = r.destination AND d.channel = r.channel AND d.state = 'ready'
                    AND d.next_at <= $2 AND (d.lease_until IS NULL OR d.lease_until < $2)
                    AND NOT EXISTS (
                        SELECT 1 FROM delivery p
                        WHERE p.project = d.project AND p.destination = d.destination AND p.channel = d.channel
                            AND p.stream = d.stream AND p.sequence < d.sequence AND p.state = 'ready')
                ORDER BY d.next_at LIMIT greatest($6 - (
                    SELECT count(*) FROM delivery b
                    WHERE b.project = $1 AND b.destination = r.destination AND b.channel = r.channel
                        AND b.state = 'ready' AND b.lease_until >= $2), 0)) h
            WHERE s.paused_at IS NULL ORDER BY h.next_at LIMIT $3
        ), mine AS (
            SELECT d.project, d.id FROM delivery d JOIN due USING (id)
            WHERE d.project = $1 AND d.state = 'ready' AND d.next_at <= $2
                AND (d.lease_until IS NULL OR d.lease_until < $2)
            FOR UPDATE OF d SKIP LOCKED
        )
        UPDATE delivery t SET lease_until = $4, lease_holder = $5, attempts = t.attempts + 1
        FROM mine WHERE t.project = mine.project AND t.id = mine.id
        RETURNING \(deliveryColumns.qualified("t"))
        """)

    private static let settle = Statement(
        "delivery.settle",
        """
        UPDATE delivery SET state = $5, next_at = $6, lease_until = NULL, lease_holder = NULL, last_status = $7,
            last_error = $8, settled_at = $9, attempts = $10
        WHERE project = $1 AND id = $2 AND lease_holder = $3 AND attempts = $4 AND state = 'ready'
        """)

    private static let note = Statement(
        "delivery.note",
        """
        INSERT INTO delivery_attempt (project, delivery, attempt, at, status, error, excerpt)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
        """)

    /// Headers as they are stored: a line each.
    private static func text(of headers: [OutboundHeader]) -> String {
        headers.map { "\($0.name): \($0.value)\n" }.joined()
    }

    private static func headers(in text: String) -> [OutboundHeader] {
        text.split(separator: "\n").compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return OutboundHeader(String(line[..<colon]), String(line[colon...].dropFirst(2)))
        }
    }

    static func record(_ row: borrowing Row) throws(PostgresError) -> DeliveryRecord {
        guard let kind = DeliveryKind(rawValue: try row.string(1)) else {
            throw PostgresError(.decoding, statement: "delivery", message: "a delivery is of no known kind")
        }
        let delivery = Delivery(
            id: try row.string(0), kind: kind,
            destination: Destination(name: try row.string(2), channel: try row.string(3)), stream: try row.string(4),
            sequence: try row.int64(5), payload: try row.bytes(6),
            headers: Self.headers(in: try row.string(17)), createdAt: try row.timestamp(7).time,
            eventTime: try row.timestamp(8).time, replayed: try row.bool(9))
        return DeliveryRecord(
            delivery: delivery, model: try row.int32(10), state: try row.string(11), attempts: try row.int32(12),
            nextAt: try row.timestamp(13).time, lastStatus: try row.int32IfPresent(14),
            lastError: try row.stringIfPresent(15), settledAt: try row.timestampIfPresent(16)?.time)
    }

    /// Writes deliveries in the transaction of their cause.
    func insert(_ deliveries: [Delivery], model: Int32, _ tx: PostgresConnection) async throws(PostgresError) {
        for delivery in deliveries {
            try await tx.execute(
                Self.insert,
                [
                    .int32(project), .text(delivery.id), .text(delivery.kind.rawValue),
                    .text(delivery.destination.name), .text(delivery.destination.channel),
                    .text(StoredKey.text(delivery.stream)),
                    .int64(delivery.sequence), .bytes(delivery.payload), .timestamp(delivery.createdAt.timestamp),
                    .timestamp(delivery.eventTime.timestamp), .bool(delivery.replayed), .int32(model),
                    .text(Self.text(of: delivery.headers)),
                ])
        }
    }

    /// Claims deliveries that are due, each for as long as the lease lasts.
    package func claimDeliveries(
        at now: Time, most: Int32, leaseUntil: Time, holder: String, mostPerReceiver: Int32 = 16
    ) async throws(PostgresError) -> [ClaimedDelivery] {
        let records = try await pool.query(
            Self.claim,
            [
                .int32(project), .timestamp(now.timestamp), .int32(most), .timestamp(leaseUntil.timestamp),
                .text(holder), .int32(mostPerReceiver),
            ]
        ) { row throws(PostgresError) in try Self.record(row) }
        return records.map { ClaimedDelivery(delivery: $0.delivery, model: $0.model, attempt: $0.attempts) }
    }

    /// Records how an attempt ended and what it says about the receiver; false when the lease had passed to another holder
    /// meanwhile. With a `refreshAt` the delivery is told again then, instead of those before it in its stream.
    package func settle(
        _ claimed: ClaimedDelivery, _ settlement: Settlement, attempt: DeliveryAttempt, holder: String, counts: Bool,
        evidence: DeliveryOutcome.Evidence = .none, refreshAt: Time? = nil
    ) async throws(PostgresError) -> Bool {
        let project = project
        let (state, nextAt, settledAt): (String, Time, Time?) =
            switch settlement {
            case .delivered: ("delivered", attempt.at, attempt.at)
            case .waiting(let until): ("ready", until, nil)
            case .dead: ("dead", attempt.at, attempt.at)
            }
        return try await pool.withTransaction("delivery.settle") { tx throws(PostgresError) in
            let settled = try await tx.execute(
                Self.settle,
                [
                    .int32(project), .text(claimed.delivery.id), .text(holder), .int32(claimed.attempt), .text(state),
                    .timestamp(nextAt.timestamp), .int32(attempt.status), .text(attempt.error),
                    .timestamp(settledAt?.timestamp), .int32(counts ? claimed.attempt : claimed.attempt - 1),
                ])
            guard settled == 1 else { return false }
            if settlement == .delivered { try await schedule(refreshAt, of: claimed.delivery, tx) }
            try await learn(evidence, about: claimed.delivery.destination, at: attempt.at, tx)
            try await tx.execute(
                Self.note,
                [
                    .int32(project), .text(attempt.delivery), .int32(attempt.attempt),
                    .timestamp(attempt.at.timestamp), .int32(attempt.status), .text(attempt.error),
                    .text(attempt.excerpt),
                ])
            return true
        }
    }

    /// Makes a settled delivery ready again, with the same id; false when there is none. A paused receiver is tried at once.
    package func redeliver(_ id: String, at now: Time) async throws(PostgresError) -> Bool {
        let changed = try await pool.query(
            Statement(
                "delivery.redeliver",
                """
                WITH changed AS (
                    UPDATE delivery SET state = 'ready', next_at = $3, settled_at = NULL, lease_until = NULL
                    WHERE project = $1 AND id = $2 AND state <> 'ready' RETURNING destination, channel
                ), tried AS (
                    UPDATE receiver_health h SET probe_at = $3 FROM changed c
                    WHERE h.project = $1 AND h.destination = c.destination AND h.channel = c.channel
                        AND h.paused_at IS NOT NULL
                )
                SELECT destination FROM changed
                """), [.int32(project), .text(id), .timestamp(now.timestamp)]
        ) { row throws(PostgresError) in try row.string(0) }
        return changed.count == 1
    }
}

extension String {
    /// A list of column names with a table's alias before each.
    func qualified(_ alias: String) -> String {
        split(separator: ",").map { "\(alias)." + $0.drop { $0 == " " || $0 == "\n" } }.joined(separator: ", ")
    }
}
