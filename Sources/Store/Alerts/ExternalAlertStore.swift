package import Monitoring
package import Postgres

/// An alert that somebody else posted, as it is stored: labels and annotations as JSON.
package struct StoredExternalAlert: Sendable, Equatable {
    package let fingerprint: String
    package let labels: String
    package let annotations: String
    package let generatorURL: String
    package let startsAt: Time
    package let endsAt: Time
    package let updatedAt: Time

    package init(
        fingerprint: String, labels: String, annotations: String, generatorURL: String, startsAt: Time, endsAt: Time,
        updatedAt: Time
    ) {
        self.fingerprint = fingerprint
        self.labels = labels
        self.annotations = annotations
        self.generatorURL = generatorURL
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.updatedAt = updatedAt
    }
}

/// Alerts of others.
extension Store {
    /// How many alerts of others are kept at most.
    package static let mostExternalAlerts = 10_000

    /// Takes in posted alerts, all or nothing; one that goes on keeps its earlier start.
    package func put(_ alerts: [StoredExternalAlert]) async throws(PostgresError) {
        try await pool.withTransaction("external.put") { tx throws(PostgresError) in
            for alert in alerts {
                try await tx.execute(
                    Statement(
                        "external.put",
                        """
                        INSERT INTO external_alert AS known
                            (project, fingerprint, labels, annotations, generator_url, starts_at, ends_at, updated_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                        ON CONFLICT (project, fingerprint) DO UPDATE
                            SET annotations = excluded.annotations, generator_url = excluded.generator_url,
                                starts_at = CASE WHEN known.ends_at >= excluded.starts_at
                                    THEN least(known.starts_at, excluded.starts_at) ELSE excluded.starts_at END,
                                ends_at = excluded.ends_at, updated_at = excluded.updated_at
                        """),
                    [
                        .int32(project), .text(alert.fingerprint), .json(alert.labels), .json(alert.annotations),
                        .text(alert.generatorURL), .timestamp(alert.startsAt.timestamp),
                        .timestamp(alert.endsAt.timestamp), .timestamp(alert.updatedAt.timestamp),
                    ])
            }
        }
    }

    /// All alerts of others that are kept.
    package func externalAlerts() async throws(PostgresError) -> [StoredExternalAlert] {
        try await pool.query(
            Statement(
                "external.list",
                """
                SELECT fingerprint, labels::text, annotations::text, generator_url, starts_at, ends_at, updated_at
                FROM external_alert WHERE project = $1 ORDER BY updated_at DESC, fingerprint LIMIT $2
                """), [.int32(project), .int32(Int32(Self.mostExternalAlerts))]
        ) { row throws(PostgresError) in
            StoredExternalAlert(
                fingerprint: try row.string(0), labels: try row.string(1), annotations: try row.string(2),
                generatorURL: try row.string(3), startsAt: try row.timestamp(4).time,
                endsAt: try row.timestamp(5).time, updatedAt: try row.timestamp(6).time)
        }
    }

    /// Forgets alerts that ended before a time.
    package func forgetExternalAlerts(endedBefore time: Time) async throws(PostgresError) {
        try await pool.execute(
            Statement("external.forget", "DELETE FROM external_alert WHERE project = $1 AND ends_at < $2"),
            [.int32(project), .timestamp(time.timestamp)])
    }
}
