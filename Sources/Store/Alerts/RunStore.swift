package import Alerting
package import Monitoring
package import Postgres

/// A retraining run as it is stored: the columns to find it by, and the run as JSON.
package struct StoredRun: Sendable {
    package let id: String
    package let policy: String
    package let model: Int32
    package let state: String
    package let document: String
    package let eventTime: Time
    package let deadline: Time
    /// The SHA-256 of the token with which the job calls back.
    package let tokenDigest: [UInt8]
    package let createdAt: Time

    package init(
        id: String, policy: String, model: Int32, state: String, document: String, eventTime: Time, deadline: Time,
        tokenDigest: [UInt8], createdAt: Time
    ) {
        self.id = id
        self.policy = policy
        self.model = model
        self.state = state
        self.document = document
        self.eventTime = eventTime
        self.deadline = deadline
        self.tokenDigest = tokenDigest
        self.createdAt = createdAt
    }
}

/// Retraining runs.
extension Store {
    private static let columns = "id, policy, model, state, document, event_time, deadline, token_digest, created_at"

    private static func run(_ row: borrowing Row) throws(PostgresError) -> StoredRun {
        StoredRun(
            id: try row.string(0), policy: try row.string(1), model: try row.int32(2), state: try row.string(3),
            document: try row.string(4), eventTime: try row.timestamp(5).time, deadline: try row.timestamp(6).time,
            tokenDigest: try row.bytes(7), createdAt: try row.timestamp(8).time)
    }

    /// Writes a run in the transaction of its cause; a second open run of the model fails with a unique violation.
    func insert(_ run: StoredRun, _ tx: PostgresConnection) async throws(PostgresError) {
        try await tx.execute(
            Statement(
                "run.insert",
                """
                INSERT INTO retraining_run (project, \(Self.columns), updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
                """),
            [
                .int32(project), .text(run.id), .text(run.policy), .int32(run.model), .text(run.state),
                .json(run.document), .timestamp(run.eventTime.timestamp), .timestamp(run.deadline.timestamp),
                .bytes(run.tokenDigest), .timestamp(run.createdAt.timestamp),
            ])
    }

    /// Runs, newest first; of one model, one id, or all.
    package func runs(model: Int32? = nil, id: String? = nil, most: Int32 = 1000) async throws(PostgresError)
        -> [StoredRun]
    {
        try await pool.query(
            Statement(
                "run.list",
                """
                SELECT \(Self.columns) FROM retraining_run
                WHERE project = $1 AND ($2::int4 IS NULL OR model = $2) AND ($3::text IS NULL OR id = $3)
                ORDER BY created_at DESC, id DESC LIMIT $4
                """), [.int32(project), .int32(model), .text(id), .int32(most)]
        ) { row throws(PostgresError) in try Self.run(row) }
    }

    /// Open runs whose deadline has passed.
    package func overdueRuns(at now: Time) async throws(PostgresError) -> [StoredRun] {
        try await pool.query(
            Statement(
                "run.overdue",
                """
                SELECT \(Self.columns) FROM retraining_run
                WHERE project = $1 AND state IN ('requested', 'running') AND deadline <= $2
                """), [.int32(project), .timestamp(now.timestamp)]
        ) { row throws(PostgresError) in try Self.run(row) }
    }

    /// Replaces a run that is still in the state in which it was read; false when it has changed meanwhile.
    package func replace(_ run: StoredRun, readIn state: String, at now: Time) async throws(PostgresError) -> Bool {
        try await pool.execute(
            Statement(
                "run.replace",
                """
                UPDATE retraining_run SET state = $4, document = $5, updated_at = $6
                WHERE project = $1 AND id = $2 AND state = $3
                """),
            [
                .int32(project), .text(run.id), .text(state), .text(run.state), .json(run.document),
                .timestamp(now.timestamp),
            ]) == 1
    }

    /// Writes a run that a person started, with its delivery.
    package func start(_ run: StoredRun, delivery: Delivery) async throws(PostgresError) {
        try await pool.withTransaction("run.start") { tx throws(PostgresError) in
            try await insert(run, tx)
            try await insert([delivery], model: run.model, tx)
        }
    }

    /// The greatest sequence number of a stream, 0 without any.
    package func lastSequence(stream: String) async throws(PostgresError) -> Int64 {
        try await pool.query(
            Statement(
                "delivery.sequence",
                "SELECT coalesce(max(sequence), 0) FROM delivery WHERE project = $1 AND stream = $2"),
            [.int32(project), .text(StoredKey.text(stream))]
        ) { row throws(PostgresError) in try row.int64(0) }.first ?? 0
    }
}
