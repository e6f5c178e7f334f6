package import Monitoring
package import Postgres

/// A reference as it is stored.
package struct StoredReference: Sendable {
    package let name: String
    package let version: Int32
    package let effectiveFrom: Time?
    package let rowCount: Int64
    /// Empty for a reference whose rows are the panes of other stretches.
    package let summary: [UInt8]
    package let createdAt: Time
    /// What it was put as, JSON whose meaning is the application's business; nil for rows.
    package let definition: String?

    package init(
        name: String, version: Int32, effectiveFrom: Time?, rowCount: Int64, summary: [UInt8], createdAt: Time,
        definition: String? = nil
    ) {
        self.name = name
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.rowCount = rowCount
        self.summary = summary
        self.createdAt = createdAt
        self.definition = definition
    }
}

/// How a model's panes are counted.
package struct StoredGeneration: Sendable, Equatable {
    package let number: Int32
    package let paneWidth: PrometheusDuration
    /// The reference whose grids it uses.
    package let referenceName: String
    /// The version of that reference; 0 for no grids.
    package let referenceVersion: Int32
    /// Windows that end after it use this generation; nil means all windows that it covers.
    package let effectiveFrom: Time?
    /// Panes before it are missing because their rows were gone when the generation was made; nil means none are.
    package let coversFrom: Time?
    package var ready: Bool

    package init(
        number: Int32, paneWidth: PrometheusDuration, referenceName: String = "training", referenceVersion: Int32,
        effectiveFrom: Time?, coversFrom: Time?, ready: Bool
    ) {
        self.number = number
        self.paneWidth = paneWidth
        self.referenceName = referenceName
        self.referenceVersion = referenceVersion
        self.effectiveFrom = effectiveFrom
        self.coversFrom = coversFrom
        self.ready = ready
    }
}

/// References and generations.
extension Store {
    private static let insert = Statement(
        "reference.insert",
        """
        INSERT INTO reference
            (project, model, name, version, effective_from, row_count, summary, created_at, definition)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    private static let insertGeneration = Statement(
        "generation.insert",
        """
        INSERT INTO generation
            (project, model, number, pane_width, reference_version, effective_from, covers_from, ready, reference_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (project, model, number) DO UPDATE SET ready = excluded.ready, covers_from = excluded.covers_from
        """)

    /// All references of a model, oldest first.
    package func references(model: Int32) async throws(PostgresError) -> [StoredReference] {
        try await pool.query(
            Statement(
                "reference.list",
                """
                SELECT name, version, effective_from, row_count, summary, created_at, definition FROM reference
                WHERE project = $1 AND model = $2 ORDER BY name, version
                """), [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in
            StoredReference(
                name: try row.string(0), version: try row.int32(1), effectiveFrom: try row.timestampIfPresent(2)?.time,
                rowCount: try row.int64(3), summary: try row.bytes(4), createdAt: try row.timestamp(5).time,
                definition: try row.stringIfPresent(6))
        }
    }

    /// Keeps a new version of a reference.
    package func add(_ reference: StoredReference, model: Int32) async throws(PostgresError) {
        try await pool.execute(
            Self.insert,
            [
                .int32(project), .int32(model), .text(reference.name), .int32(reference.version),
                .timestamp(reference.effectiveFrom?.timestamp), .int64(reference.rowCount), .bytes(reference.summary),
                .timestamp(reference.createdAt.timestamp), .json(reference.definition),
            ])
    }

    /// Removes all versions of a reference.
    package func deleteReference(model: Int32, name: String) async throws(PostgresError) -> Int {
        try await pool.execute(
            Statement(
                "reference.delete", "DELETE FROM reference WHERE project = $1 AND model = $2 AND name = $3"),
            [.int32(project), .int32(model), .text(name)])
    }

    /// Removes one version of a reference.
    package func deleteReference(model: Int32, name: String, version: Int32) async throws(PostgresError) {
        try await pool.execute(
            Statement(
                "reference.delete.version",
                "DELETE FROM reference WHERE project = $1 AND model = $2 AND name = $3 AND version = $4"),
            [.int32(project), .int32(model), .text(name), .int32(version)])
    }

    /// The generations of a model, oldest first.
    package func generations(model: Int32) async throws(PostgresError) -> [StoredGeneration] {
        try await pool.query(
            Statement(
                "generation.list",
                """
                SELECT number, pane_width, reference_version, effective_from, covers_from, ready, reference_name
                FROM generation
                WHERE project = $1 AND model = $2 ORDER BY number
                """), [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in
            StoredGeneration(
                number: try row.int32(0), paneWidth: PrometheusDuration(microseconds: try row.int64(1)),
                referenceName: try row.string(6), referenceVersion: try row.int32(2),
                effectiveFrom: try row.timestampIfPresent(3)?.time,
                coversFrom: try row.timestampIfPresent(4)?.time, ready: try row.bool(5))
        }
    }

    /// Keeps a generation, or that it became ready.
    package func put(_ generation: StoredGeneration, model: Int32) async throws(PostgresError) {
        try await pool.execute(
            Self.insertGeneration,
            [
                .int32(project), .int32(model), .int32(generation.number), .int64(generation.paneWidth.microseconds),
                .int32(generation.referenceVersion), .timestamp(generation.effectiveFrom?.timestamp),
                .timestamp(generation.coversFrom?.timestamp), .bool(generation.ready), .text(generation.referenceName),
            ])
    }

    /// Removes a generation with its panes.
    package func deleteGeneration(_ number: Int32, model: Int32) async throws(PostgresError) {
        let project = project
        try await pool.withTransaction("generation.delete") { tx throws(PostgresError) in
            for table in ["pane", "generation"] {
                let column = table == "pane" ? "generation" : "number"
                try await tx.execute(
                    Statement(
                        "generation.delete.\(table)",
                        "DELETE FROM \(table) WHERE project = $1 AND model = $2 AND \(column) = $3"),
                    [.int32(project), .int32(model), .int32(number)])
            }
        }
    }

    /// Removes the panes of a generation that is about to be folded anew.
    package func deletePanes(generation: Int32, model: Int32) async throws(PostgresError) {
        try await pool.execute(
            Statement("pane.delete", "DELETE FROM pane WHERE project = $1 AND model = $2 AND generation = $3"),
            [.int32(project), .int32(model), .int32(generation)])
    }
}
