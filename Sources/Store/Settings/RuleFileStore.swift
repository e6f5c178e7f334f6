package import Monitoring
package import Postgres

/// A rule file or a settings file as it is active.
package struct StoredFile: Sendable, Equatable {
    /// `file` or `api` for rules.
    package let source: String
    /// The name of a rule file; `notifications` or `retraining` for settings.
    package let name: String
    package let content: String

    package init(source: String, name: String, content: String) {
        self.source = source
        self.name = name
        self.content = content
    }
}

/// Active rules, routes and policies.
extension Store {
    /// All active rule files.
    package func ruleFiles() async throws(PostgresError) -> [StoredFile] {
        try await pool.query(
            Statement(
                "rules.list", "SELECT source, file, content FROM rule_file WHERE project = $1 ORDER BY source, file"),
            [.int32(project)]
        ) { row throws(PostgresError) in
            StoredFile(source: try row.string(0), name: try row.string(1), content: try row.string(2))
        }
    }

    /// Replaces all rule files of a source.
    package func replaceRuleFiles(
        source: String, with files: [StoredFile], at now: Time
    ) async throws(PostgresError) {
        let project = project
        try await pool.withTransaction("rules.replace") { tx throws(PostgresError) in
            try await tx.execute(
                Statement("rules.clear", "DELETE FROM rule_file WHERE project = $1 AND source = $2"),
                [.int32(project), .text(source)])
            for file in files {
                try await tx.execute(
                    Statement(
                        "rules.insert",
                        """
                        INSERT INTO rule_file (project, source, file, content, loaded_at) VALUES ($1, $2, $3, $4, $5)
                        """),
                    [
                        .int32(project), .text(source), .text(file.name), .text(file.content),
                        .timestamp(now.timestamp),
                    ])
            }
        }
    }

    /// The active notifications or retraining settings, nil where there are none.
    package func settingsFile(_ kind: String) async throws(PostgresError) -> String? {
        try await pool.query(
            Statement("settings.read", "SELECT content FROM settings_file WHERE project = $1 AND kind = $2"),
            [.int32(project), .text(kind)]
        ) { row throws(PostgresError) in try row.string(0) }.first
    }

    /// Replaces the active notifications or retraining settings; nil removes them.
    package func replaceSettingsFile(_ kind: String, with content: String?, at now: Time) async throws(PostgresError) {
        guard let content else {
            try await pool.execute(
                Statement("settings.clear", "DELETE FROM settings_file WHERE project = $1 AND kind = $2"),
                [.int32(project), .text(kind)])
            return
        }
        try await pool.execute(
            Statement(
                "settings.put",
                """
                INSERT INTO settings_file (project, kind, content, loaded_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (project, kind) DO UPDATE SET content = excluded.content, loaded_at = excluded.loaded_at
                """), [.int32(project), .text(kind), .text(content), .timestamp(now.timestamp)])
    }
}
