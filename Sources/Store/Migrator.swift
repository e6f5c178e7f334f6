package import Postgres

/// Brings a database to the schema of this program, one step a transaction.
package struct Migrator: Sendable {
    /// One step: its number, its name and its statements.
    struct Step: Sendable {
        let version: Int32
        let name: String
        let sql: String
    }

    let pool: PostgresPool
    private let steps: [Step]

    package init(pool: PostgresPool) {
        self.pool = pool
        steps = [
            Self.step(1, "models", PackageResources.V0001_models_sql),
            Self.step(2, "log", PackageResources.V0002_log_sql),
            Self.step(3, "statistics", PackageResources.V0003_statistics_sql),
            Self.step(4, "alerting", PackageResources.V0004_alerting_sql),
            Self.step(5, "weights", PackageResources.V0005_weights_sql),
            Self.step(6, "embeddings", PackageResources.V0006_embeddings_sql),
            Self.step(7, "references", PackageResources.V0007_references_sql),
            Self.step(11, "silences", PackageResources.V0011_silences_sql),
            Self.step(10, "pane_volume", PackageResources.V0010_pane_volume_sql),
            Self.step(14, "squared_distance", PackageResources.V0014_squared_distance_sql),
            Self.step(16, "delivery_headers", PackageResources.V0016_delivery_headers_sql),
            Self.step(17, "receiver_health", PackageResources.V0017_receiver_health_sql),
            Self.step(18, "corrections", PackageResources.V0018_corrections_sql),
            Self.step(20, "writer_slots", PackageResources.V0020_writer_slots_sql),
            Self.step(21, "idempotency", PackageResources.V0021_idempotency_sql),
            Self.step(22, "removals", PackageResources.V0022_removals_sql),
            Self.step(24, "delivery_retention", PackageResources.V0024_delivery_retention_sql),
            Self.step(28, "pane_outcomes", PackageResources.V0028_pane_outcomes_sql),
            Self.step(30, "day_panes", PackageResources.V0030_day_panes_sql),
            Self.step(31, "pane_position", PackageResources.V0031_pane_position_sql),
            Self.step(32, "sole_version", PackageResources.V0032_sole_version_sql),
            Self.step(33, "outcome_class_scores", PackageResources.V0033_outcome_class_scores_sql),
        ]
    }

    private static func step(_ version: Int32, _ name: String, _ bytes: [UInt8]) -> Step {
        Step(version: version, name: name, sql: String(decoding: bytes, as: UTF8.self))
    }

    /// Takes every step that the database has not taken yet. Several processes may call it at once.
    /// - Returns: how many steps were taken.
    @discardableResult
    package func migrate() async throws(PostgresError) -> Int {
        try await makeTable()
        var taken = 0
        for step in steps where try await take(step) { taken += 1 }
        // A table that a step made lies on the coordinator alone until it is distributed as the others are.
        if taken > 0, try await layout() == .distributed { _ = try await distributeMissing(shards: nil) }
        return taken
    }

    /// Two processes that make the table at once meet in the catalogue: one of them looks again.
    private func makeTable() async throws(PostgresError) {
        do throws(PostgresError) {
            try await tryMakeTable()
        } catch {
            let isThere: [SQLState] = [.uniqueViolation, .duplicateTable, .duplicateObject]
            guard error.sqlState.map(isThere.contains) ?? false else { throw error }
            try await tryMakeTable()
        }
    }

    private func tryMakeTable() async throws(PostgresError) {
        try await pool.withTransaction("migration.table") { tx throws(PostgresError) in
            try await tx.script(
                Statement(
                    "migration.table",
                    """
                    CREATE TABLE IF NOT EXISTS schema_migration (
                        version int4 PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())
                    """))
        }
    }

    /// The table lock lets one process migrate and the others wait for it; it goes with the transaction.
    private func take(_ step: Step) async throws(PostgresError) -> Bool {
        try await pool.withTransaction("migration.\(step.name)") { tx throws(PostgresError) in
            try await tx.script(Statement("migration.lock", "LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE"))
            let isKnown = try await tx.execute(
                Statement("migration.find", "SELECT 1 FROM schema_migration WHERE version = $1"), [.int32(step.version)]
            )
            guard isKnown == 0 else { return false }
            try await tx.script(Statement("migration.\(step.name)", step.sql))
            try await tx.execute(
                Statement("migration.note", "INSERT INTO schema_migration (version, name) VALUES ($1, $2)"),
                [.int32(step.version), .text(step.name)])
            return true
        }
    }
}
