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

extension StoredFile {
    /// Name and content as bytes, because strings that look alike compare equal.
    fileprivate var fingerprint: [UInt8] { Array(name.utf8) + [0] + Array(content.utf8) }
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
    /// - Returns: the version of all rules, routes and policies then.
    @discardableResult
    package func replaceRuleFiles(
        source: String, with files: [StoredFile], at now: Time
    ) async throws(PostgresError) -> Int64 {
        try await pool.withTransaction("rules.replace") { tx throws(PostgresError) in
            let version = try await raiseSettingsVersion(tx)
            try await replaceRuleFiles(source: source, with: files, at: now, tx)
            return version
        }
    }

    /// Replaces everything that comes from files; nil removes a settings file. What is there already raises no version.
    /// - Returns: the version of all rules, routes and policies then.
    package func replaceFiles(
        rules: [StoredFile], notifications: String?, retraining: String?, at now: Time
    ) async throws(PostgresError) -> Int64 {
        let known = try await ruleFiles().filter { $0.source == "file" }
        let isKnown =
            Set(known.map(\.fingerprint)) == Set(rules.map(\.fingerprint)) && known.count == rules.count
        if isKnown, try await settingsFile("notifications") == notifications,
            try await settingsFile("retraining") == retraining
        {
            return try await settingsVersion()
        }
        return try await pool.withTransaction("files.replace") { tx throws(PostgresError) in
            let version = try await raiseSettingsVersion(tx)
            try await replaceRuleFiles(source: "file", with: rules, at: now, tx)
            try await replaceSettingsFile("notifications", with: notifications, at: now, tx)
            try await replaceSettingsFile("retraining", with: retraining, at: now, tx)
            return version
        }
    }

    private func replaceRuleFiles(
        source: String, with files: [StoredFile], at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) {
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

    /// The version of all rules, routes and policies; it rises with every change.
    package func settingsVersion() async throws(PostgresError) -> Int64 {
        try await pool.query(
            Statement("settings.version", "SELECT number FROM settings_version WHERE project = $1"), [.int32(project)]
        ) { row throws(PostgresError) in try row.int64(0) }.first ?? 0
    }

    private func raiseSettingsVersion(_ tx: PostgresConnection) async throws(PostgresError) -> Int64 {
        try await tx.query(
            Statement(
                "settings.version.raise",
                "UPDATE settings_version SET number = number + 1 WHERE project = $1 RETURNING number"),
            [.int32(project)]
        ) { row throws(PostgresError) in try row.int64(0) }.first ?? 0
    }

    /// The active notifications or retraining settings, nil where there are none.
    package func settingsFile(_ kind: String) async throws(PostgresError) -> String? {
        try await pool.query(
            Statement("settings.read", "SELECT content FROM settings_file WHERE project = $1 AND kind = $2"),
            [.int32(project), .text(kind)]
        ) { row throws(PostgresError) in try row.string(0) }.first
    }

    private func replaceSettingsFile(
        _ kind: String, with content: String?, at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        guard let content else {
            try await tx.execute(
                Statement("settings.clear", "DELETE FROM settings_file WHERE project = $1 AND kind = $2"),
                [.int32(project), .text(kind)])
            return
        }
        try await tx.execute(
            Statement(
                "settings.put",
                """
                INSERT INTO settings_file (project, kind, content, loaded_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (project, kind) DO UPDATE SET content = excluded.content, loaded_at = excluded.loaded_at
                """), [.int32(project), .text(kind), .text(content), .timestamp(now.timestamp)])
    }
}
