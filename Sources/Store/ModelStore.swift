package import Monitoring
package import Postgres

/// A model as it is stored.
package struct StoredModel: Sendable {
    package let id: Int32
    package let name: String
    /// The definition's text; what it means is the application's business.
    package let definition: String
    package let newestEvent: Time?
    package let statedWatermark: Time?
    package let liveSince: Time?
    package let evaluatedTo: Time?
    package let createdAt: Time
    package let updatedAt: Time
    /// Rises when the definition, a reference or a generation changes.
    package let revision: Int64
}

/// What other processes made of a model.
package struct ModelProgress: Sendable {
    package let id: Int32
    /// Rises when the definition, a reference or a generation changes.
    package let revision: Int64
    /// Rises when categories or slices get names.
    package let names: Int64
    /// The greatest event time that another slot logged.
    package let newestEvent: Time?
    package let statedWatermark: Time?
    package let isLive: Bool
    package let evaluatedTo: Time?
}

/// Models.
extension Store {
    private static let columns = """
        id, name, definition, (
            SELECT max(e.newest_event) FROM model_event e WHERE e.project = model.project AND e.model = model.id),
        stated_watermark, live_since, evaluated_to, created_at, updated_at, revision
        """

    private static func model(_ row: borrowing Row) throws(PostgresError) -> StoredModel {
        StoredModel(
            id: try row.int32(0), name: try row.string(1), definition: try row.string(2),
            newestEvent: try row.timestampIfPresent(3)?.time, statedWatermark: try row.timestampIfPresent(4)?.time,
            liveSince: try row.timestampIfPresent(5)?.time, evaluatedTo: try row.timestampIfPresent(6)?.time,
            createdAt: try row.timestamp(7).time, updatedAt: try row.timestamp(8).time, revision: try row.int64(9))
    }

    private static let list = Statement("model.list", "SELECT \(columns) FROM model WHERE project = $1 ORDER BY name")

    private static let find = Statement(
        "model.find", "SELECT \(columns) FROM model WHERE project = $1 AND (name = $2 OR id = $3)")

    private static let add = Statement(
        "model.add",
        """
        INSERT INTO model (project, name, definition, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (project, name) DO NOTHING
        RETURNING \(columns)
        """)

    private static let change = Statement(
        "model.change",
        """
        UPDATE model SET definition = $4, updated_at = $5, revision = revision + 1
        WHERE project = $1 AND id = $2 AND revision = $3 AND NOT EXISTS (
            SELECT 1 FROM generation g WHERE g.project = model.project AND g.model = model.id AND NOT g.ready)
        RETURNING \(columns)
        """)

    private static let progress = Statement(
        "model.progress",
        """
        SELECT m.id, m.revision, m.names, m.stated_watermark, m.live_since IS NOT NULL, m.evaluated_to, (
            SELECT max(e.newest_event) FROM model_event e
            WHERE e.project = m.project AND e.model = m.id AND e.slot <> $2)
        FROM model m WHERE m.project = $1
        """)

    private static let state = Statement(
        "model.state",
        """
        UPDATE model SET stated_watermark = greatest(stated_watermark, $3)
        WHERE project = $1 AND id = $2
        """)

    private static let live = Statement(
        "model.live", "UPDATE model SET live_since = coalesce(live_since, $3) WHERE project = $1 AND id = $2")

    /// All models by name.
    package func models() async throws(PostgresError) -> [StoredModel] {
        try await pool.query(Self.list, [.int32(project)]) { row throws(PostgresError) in try Self.model(row) }
    }

    /// The model of a name, as the database has it now.
    package func model(named name: String) async throws(PostgresError) -> StoredModel? {
        try await pool.query(Self.find, [.int32(project), .text(name), .int32(nil)]) { row throws(PostgresError) in
            try Self.model(row)
        }.first
    }

    /// A model by its number, as the database has it now.
    package func model(_ id: Int32) async throws(PostgresError) -> StoredModel? {
        try await pool.query(Self.find, [.int32(project), .text(nil), .int32(id)]) { row throws(PostgresError) in
            try Self.model(row)
        }.first
    }

    /// Makes a model; nil where there is one of that name.
    package func addModel(name: String, definition: String, at now: Time) async throws(PostgresError) -> StoredModel? {
        try await pool.query(
            Self.add, [.int32(project), .text(name), .json(definition), .timestamp(now.timestamp)]
        ) { row throws(PostgresError) in try Self.model(row) }.first
    }

    /// Replaces a model's definition; nil where the model has changed since it was read.
    package func changeModel(
        _ id: Int32, definition: String, since revision: Int64, at now: Time
    ) async throws(PostgresError) -> StoredModel? {
        try await pool.query(
            Self.change,
            [.int32(project), .int32(id), .int64(revision), .json(definition), .timestamp(now.timestamp)]
        ) { row throws(PostgresError) in try Self.model(row) }.first
    }

    /// What the holders of other slots made of all models.
    package func modelProgress(besides slot: Int32) async throws(PostgresError) -> [ModelProgress] {
        try await pool.query(Self.progress, [.int32(project), .int32(slot)]) { row throws(PostgresError) in
            ModelProgress(
                id: try row.int32(0), revision: try row.int64(1), names: try row.int64(2),
                newestEvent: try row.timestampIfPresent(6)?.time, statedWatermark: try row.timestampIfPresent(3)?.time,
                isLive: try row.bool(4), evaluatedTo: try row.timestampIfPresent(5)?.time)
        }
    }

    /// Notes inside a transaction that other processes must read a model again.
    func touch(_ model: Int32, _ tx: PostgresConnection) async throws(PostgresError) {
        try await tx.execute(
            Statement("model.touch", "UPDATE model SET revision = revision + 1 WHERE project = $1 AND id = $2"),
            [.int32(project), .int32(model)])
    }

    /// The least event time of a model's logged rows, nil without any.
    package func oldestRow(model: Int32) async throws(PostgresError) -> Time? {
        try await pool.query(
            Statement("model.oldest", "SELECT min(event_time) FROM prediction WHERE project = $1 AND model = $2"),
            [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in try row.timestampIfPresent(0)?.time }.first ?? nil
    }

    /// How many rows of a model are logged.
    package func rowCount(model: Int32) async throws(PostgresError) -> Int {
        try await pool.query(
            Statement("model.rows", "SELECT count(*) FROM prediction WHERE project = $1 AND model = $2"),
            [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in try row.int(0) }.first ?? 0
    }

    /// The start of the first pane of a model, nil without any.
    package func firstEvent(model: Int32) async throws(PostgresError) -> Time? {
        try await pool.query(
            Statement(
                "model.first",
                """
                SELECT least(
                    (SELECT min(start) FROM pane WHERE project = $1 AND model = $2),
                    (SELECT min(start) FROM day_pane WHERE project = $1 AND model = $2))
                """),
            [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in try row.timestampIfPresent(0)?.time }.first ?? nil
    }

    /// Keeps a stated watermark; it never falls.
    package func stateWatermark(model: Int32, to time: Time) async throws(PostgresError) {
        try await pool.execute(Self.state, [.int32(project), .int32(model), .timestamp(time.timestamp)])
    }

    /// Keeps that a model is live.
    package func markLive(model: Int32, since time: Time) async throws(PostgresError) {
        try await pool.execute(Self.live, [.int32(project), .int32(model), .timestamp(time.timestamp)])
    }

    /// Every table that holds something of a model.
    private static let tablesOfModels = [
        "prediction", "outcome", "identity", "idempotency", "pane", "day_pane", "category", "slice", "generation",
        "generation_slot", "model_event", "removal",
        "reference", "alert_event", "alert", "notification_group", "retraining_run", "delivery",
        "delivery_alert",
    ]

    /// Removes a model with everything that belongs to it.
    package func deleteModel(_ model: Int32, name: String) async throws(PostgresError) {
        let project = project
        try await pool.withTransaction("model.delete") { tx throws(PostgresError) in
            // First, because Citus drops no view once rows on several servers were changed.
            try await dropView(ofModelNamed: name, tx)
            try await tx.execute(
                Statement(
                    "model.delete.attempts",
                    """
                    DELETE FROM delivery_attempt a USING delivery d
                    WHERE a.project = $1 AND d.project = $1 AND d.model = $2 AND a.delivery = d.id
                    """), [.int32(project), .int32(model)])
            for table in Self.tablesOfModels {
                try await tx.execute(
                    Statement("model.delete.\(table)", "DELETE FROM \(table) WHERE project = $1 AND model = $2"),
                    [.int32(project), .int32(model)])
            }
            try await tx.execute(
                Statement("model.delete.model", "DELETE FROM model WHERE project = $1 AND id = $2"),
                [.int32(project), .int32(model)])
        }
    }
}
