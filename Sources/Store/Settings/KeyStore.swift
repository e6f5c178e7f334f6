package import Monitoring
package import Postgres

/// A key that may call the API; only its digest is kept.
package struct APIKey: Sendable {
    package let id: String
    package let name: String
    package let digest: [UInt8]
    package let role: String
    package let createdAt: Time

    package init(id: String, name: String, digest: [UInt8], role: String, createdAt: Time) {
        self.id = id
        self.name = name
        self.digest = digest
        self.role = role
        self.createdAt = createdAt
    }
}

/// Keys.
extension Store {
    /// Keeps a new key.
    package func add(_ key: APIKey) async throws(PostgresError) {
        try await pool.execute(
            Statement(
                "key.insert",
                "INSERT INTO api_key (project, id, name, digest, role, created_at) VALUES ($1, $2, $3, $4, $5, $6)"),
            [
                .int32(project), .text(key.id), .text(key.name), .bytes(key.digest), .text(key.role),
                .timestamp(key.createdAt.timestamp),
            ])
    }

    /// The keys that are not revoked.
    package func keys() async throws(PostgresError) -> [APIKey] {
        try await pool.query(
            Statement(
                "key.list",
                """
                SELECT id, name, digest, role, created_at FROM api_key
                WHERE project = $1 AND revoked_at IS NULL ORDER BY created_at
                """), [.int32(project)]
        ) { row throws(PostgresError) in
            APIKey(
                id: try row.string(0), name: try row.string(1), digest: try row.bytes(2), role: try row.string(3),
                createdAt: try row.timestamp(4).time)
        }
    }
}
