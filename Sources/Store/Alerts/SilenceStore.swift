package import Monitoring
package import Postgres

/// A silence as it is stored: its matchers as JSON.
package struct StoredSilence: Sendable {
    package let id: String
    package let matchers: String
    package let startsAt: Time
    package let endsAt: Time
    package let createdBy: String
    package let comment: String
    package let updatedAt: Time

    package init(
        id: String, matchers: String, startsAt: Time, endsAt: Time, createdBy: String, comment: String, updatedAt: Time
    ) {
        self.id = id
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.createdBy = createdBy
        self.comment = comment
        self.updatedAt = updatedAt
    }
}

/// Silences.
extension Store {
    /// How many silences are kept at most; older expired ones go first.
    package static let mostSilences = 10_000

    /// Keeps a silence, in the place of the one of the same id.
    package func put(_ silence: StoredSilence) async throws(PostgresError) {
        try await pool.execute(
            Statement(
                "silence.put",
                """
                INSERT INTO silence (project, id, matchers, starts_at, ends_at, created_by, comment, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (project, id) DO UPDATE
                    SET matchers = excluded.matchers, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                        created_by = excluded.created_by, comment = excluded.comment, updated_at = excluded.updated_at
                """),
            [
                .int32(project), .text(silence.id), .json(silence.matchers), .timestamp(silence.startsAt.timestamp),
                .timestamp(silence.endsAt.timestamp), .text(silence.createdBy), .text(silence.comment),
                .timestamp(silence.updatedAt.timestamp),
            ])
    }

    /// The silences that end after a time, the newest change first.
    package func silences(endingAfter time: Time) async throws(PostgresError) -> [StoredSilence] {
        try await pool.query(
            Statement(
                "silence.list",
                """
                SELECT id, matchers::text, starts_at, ends_at, created_by, comment, updated_at FROM silence
                WHERE project = $1 AND ends_at > $2 ORDER BY updated_at DESC, id LIMIT $3
                """), [.int32(project), .timestamp(time.timestamp), .int32(Int32(Self.mostSilences))]
        ) { row throws(PostgresError) in
            StoredSilence(
                id: try row.string(0), matchers: try row.string(1), startsAt: try row.timestamp(2).time,
                endsAt: try row.timestamp(3).time, createdBy: try row.string(4), comment: try row.string(5),
                updatedAt: try row.timestamp(6).time)
        }
    }

    /// How many silences have not expired by a time.
    package func silenceCount(endingAfter time: Time) async throws(PostgresError) -> Int {
        try await pool.query(
            Statement("silence.count", "SELECT count(*) FROM silence WHERE project = $1 AND ends_at > $2"),
            [.int32(project), .timestamp(time.timestamp)]
        ) { row throws(PostgresError) in Int(try row.int64(0)) }.first ?? 0
    }
}
