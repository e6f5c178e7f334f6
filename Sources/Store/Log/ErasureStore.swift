package import Monitoring
package import Postgres
package import Statistics

/// Erasing rows from the log, while the statistics that they went into stay.
extension Store {
    private static let unsaved = Statement(
        "erasure.unsaved",
        """
        SELECT 1 FROM prediction p JOIN writer_slot s ON s.project = p.project AND s.slot = p.slot
        WHERE p.project = $1 AND p.model = $2 AND p.event_time = ANY ($3::timestamptz[]) AND p.prediction_id = $4
            AND p.position > s.checkpoint LIMIT 1
        """, timeout: .seconds(600))

    private static let erase = Statement(
        "erasure.erase",
        """
        DELETE FROM prediction
        WHERE project = $1 AND model = $2 AND event_time = ANY ($3::timestamptz[]) AND prediction_id = $4
        """, timeout: .seconds(600))

    /// What became of an erasure.
    package enum Erasure: Sendable, Equatable {
        /// The id was never seen.
        case unknown
        /// A row is in no saved pane yet, and would be missing from the statistics after a crash.
        case unsaved
        /// So many rows are gone; none where they were erased before.
        case erased(Int)
    }

    /// Erases the rows of a prediction id. That the id was used stays known, as a hash, so that it is never taken again.
    package func erase(model: Int32, id: ByteText, at now: Time) async throws(PostgresError) -> Erasure {
        let key = IdentityKey(model: model, id: id)
        try await settle()
        return try await pool.withTransaction("erasure") { tx throws(PostgresError) in
            guard var record = try await identityRecords([key], tx)[key] else { return .unknown }
            try await holdCommits(tx)
            let place: [PostgresValue] = [
                .int32(project), .int32(model), .array(record.versions.map(\.eventTime.timestamp)), .text(id.string),
            ]
            guard try await tx.execute(Self.unsaved, place) == 0 else { return .unsaved }
            let rows = try await tx.execute(Self.erase, place)
            // What was labelled stays counted: what undoes it is not logged.
            _ = record.erase()
            try await change([StoredIdentity(key: key, record: record)], at: now, tx)
            return .erased(rows)
        }
    }

    /// The ids of a model's rows in which a feature has a value.
    package func ids(
        model: Int32, feature: (isNumeric: Bool, position: Int), value: String, number: Double?
    ) async throws(PostgresError) -> [ByteText] {
        let condition =
            feature.isNumeric ? "numbers[$3] = $4::float8" : "categories[$3] = $4::text"
        return try await pool.query(
            Statement(
                "erasure.ids.\(feature.isNumeric ? "number" : "category")",
                "SELECT DISTINCT prediction_id FROM prediction WHERE project = $1 AND model = $2 AND \(condition)",
                timeout: .seconds(600)),
            [
                .int32(project), .int32(model), .int32(Int32(clamping: feature.position + 1)),
                feature.isNumeric ? .double(number) : .text(value),
            ]
        ) { row throws(PostgresError) in ByteText(try row.string(0)) }
    }
}
