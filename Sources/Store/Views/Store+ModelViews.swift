package import Monitoring
package import Postgres

/// Views of models, for people who read the log with SQL.
extension Store {
    private static let described = Statement(
        "view.described", "SELECT obj_description(to_regclass($1), 'pg_class')")

    /// Makes the view of a model what its schema says; does nothing where it is so already.
    ///
    /// Somebody's long query holds the view, so this waits two seconds at most; it is tried again at the next change and at
    /// the next start.
    /// - Throws: `PostgresError`; the log does not depend on the view.
    package func putView(of model: StoredModel, schema: ModelSchema) async throws(PostgresError) {
        let view = ModelView(model: model.name, id: model.id, project: project, schema: schema)
        let mark = "driftline \(String(IdentityKey.digest(Array(view.query.utf8)).high, radix: 16))"
        let found = try await pool.query(Self.described, [.text(view.quotedName)]) { row throws(PostgresError) in
            try row.stringIfPresent(0)
        }
        if let found = found.first ?? nil, found.utf8.elementsEqual(mark.utf8) { return }
        try await pool.withTransaction("view.make") { tx throws(PostgresError) in
            try await tx.script(
                Statement(
                    "view.make",
                    """
                    SET LOCAL lock_timeout = '2s'; SET LOCAL client_min_messages = 'warning';
                    DROP VIEW IF EXISTS \(view.quotedName);
                    CREATE VIEW \(view.quotedName) AS \(view.query);
                    COMMENT ON VIEW \(view.quotedName) IS '\(mark)'
                    """))
        }
    }

    /// Removes the view of a model.
    func dropView(ofModelNamed name: String, _ tx: PostgresConnection) async throws(PostgresError) {
        let view = ModelView(model: name, id: 0, project: project, schema: ModelSchema(task: .unlabelled))
        try await tx.script(
            Statement(
                "view.drop",
                "SET LOCAL client_min_messages = 'warning'; DROP VIEW IF EXISTS \(view.quotedName)"))
    }
}
