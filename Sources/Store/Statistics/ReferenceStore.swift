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

/// Which version of which reference is kept.
package struct StoredReferenceVersion: Sendable, Hashable {
    package let name: String
    package let version: Int32
    package let createdAt: Time

    package init(name: String, version: Int32, createdAt: Time) {
        self.name = name
        self.version = version
        self.createdAt = createdAt
    }
}

/// References.
extension Store {
    private static let insert = Statement(
        "reference.insert",
        """
        INSERT INTO reference
            (project, model, name, version, effective_from, row_count, summary, created_at, definition)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
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

    /// The versions of all references of a model.
    package func referenceVersions(model: Int32) async throws(PostgresError) -> [StoredReferenceVersion] {
        try await pool.query(
            Statement(
                "reference.versions",
                "SELECT name, version, created_at FROM reference WHERE project = $1 AND model = $2"),
            [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in
            StoredReferenceVersion(
                name: try row.string(0), version: try row.int32(1), createdAt: try row.timestamp(2).time)
        }
    }

    /// Keeps a new version of a reference.
    package func add(_ reference: StoredReference, model: Int32) async throws(PostgresError) {
        try await pool.withTransaction("reference.add") { tx throws(PostgresError) in
            try await tx.execute(
                Self.insert,
                [
                    .int32(project), .int32(model), .text(reference.name), .int32(reference.version),
                    .timestamp(reference.effectiveFrom?.timestamp), .int64(reference.rowCount),
                    .bytes(reference.summary), .timestamp(reference.createdAt.timestamp),
                    .json(reference.definition),
                ])
            try await touch(model, tx)
        }
    }

    /// Removes all versions of a reference.
    package func deleteReference(model: Int32, name: String) async throws(PostgresError) -> Int {
        try await pool.withTransaction("reference.delete") { tx throws(PostgresError) in
            try await touch(model, tx)
            return try await tx.execute(
                Statement(
                    "reference.delete", "DELETE FROM reference WHERE project = $1 AND model = $2 AND name = $3"),
                [.int32(project), .int32(model), .text(name)])
        }
    }

    /// Removes one version of a reference.
    package func deleteReference(model: Int32, name: String, version: Int32) async throws(PostgresError) {
        try await pool.withTransaction("reference.delete.version") { tx throws(PostgresError) in
            try await touch(model, tx)
            try await tx.execute(
                Statement(
                    "reference.delete.version",
                    "DELETE FROM reference WHERE project = $1 AND model = $2 AND name = $3 AND version = $4"),
                [.int32(project), .int32(model), .text(name), .int32(version)])
        }
    }
}
