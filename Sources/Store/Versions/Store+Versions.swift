package import Monitoring
package import Postgres
package import Statistics

/// The versions of a model side by side. The log is the truth.
extension Store {
    private static let versions = Statement(
        "version.list",
        """
        WITH scored AS (
            SELECT model_version, min(event_time) AS first, max(event_time) AS last, count(*) AS predictions
            FROM prediction
            WHERE project = $1 AND model = $2 AND event_time >= $3 AND event_time < $4
            GROUP BY model_version
        ), labelled AS (
            SELECT model_version, sum(sign)::int8 AS labels
            FROM outcome
            WHERE project = $1 AND model = $2 AND event_time >= $3 AND event_time < $4
            GROUP BY model_version
        )
        SELECT model_version, first, last, predictions, coalesce(labels, 0)
        FROM scored LEFT JOIN labelled USING (model_version)
        ORDER BY first, model_version COLLATE "C"
        LIMIT $5
        """, timeout: .seconds(120))

    /// The versions that scored rows with event times in `[from, to)`, the oldest first, at most so many.
    package func versions(
        model: Int32, from: Time, to: Time, most: Int
    ) async throws(PostgresError) -> [LoggedVersion] {
        try await pool.query(
            Self.versions,
            [
                .int32(project), .int32(model), .timestamp(from.timestamp), .timestamp(to.timestamp),
                .int64(Int64(most)),
            ]
        ) { row throws(PostgresError) in
            LoggedVersion(
                version: ByteText(try row.string(0)), first: try row.timestamp(1).time, last: try row.timestamp(2).time,
                predictions: try row.int64(3), labels: try row.int64(4))
        }
    }

    // In the order of a hash of the id, so that the rows within a limit are a fair part of all and always the same ones.
    private static let paired = Statement(
        "version.paired",
        """
        SELECT a.prediction_id, a.score, a.predicted_number, a.predicted_class,
            b.score, b.predicted_number, b.predicted_class, least(coalesce(a.weight, 1), coalesce(b.weight, 1))
        FROM prediction a JOIN prediction b ON b.prediction_id = a.prediction_id
        WHERE a.project = $1 AND a.model = $2 AND a.model_version = $3 AND a.event_time >= $5 AND a.event_time < $6
            AND b.project = $1 AND b.model = $2 AND b.model_version = $4 AND b.event_time >= $5 AND b.event_time < $6
        ORDER BY md5(a.prediction_id), a.prediction_id COLLATE "C"
        LIMIT $7
        """, timeout: .seconds(120))

    /// Calls the body with what two versions said about the same ids, in batches, with the labels that count.
    ///
    /// Both rows of an id must have event times in `[from, to)`. Reads at most `most` ids; memory is that of one batch.
    /// - Returns: how many ids were read.
    @discardableResult
    package func pairedPredictions(
        model: Int32, first: ByteText, second: ByteText, from: Time, to: Time, most: Int,
        _ body: ([PairedPrediction], [IdentityRecord.Label?]) -> Void
    ) async throws(PostgresError) -> Int {
        try await pool.withConnection { connection throws(PostgresError) in
            try await connection.forEachBatch(
                Self.paired,
                [
                    .int32(project), .int32(model), .text(first.string), .text(second.string),
                    .timestamp(from.timestamp), .timestamp(to.timestamp), .int64(Int64(most)),
                ], batch: 5000
            ) { rows throws(PostgresError) in
                let pairs = try rows.map { row throws(PostgresError) in try Self.pair(row) }
                body(pairs, try await labels(model: model, ids: pairs.map(\.id), on: connection))
            }
        }
    }

    private static func pair(_ row: borrowing Row) throws(PostgresError) -> PairedPrediction {
        PairedPrediction(
            id: ByteText(try row.string(0)),
            first: .init(
                predicted: outcome(try row.doubleIfPresent(2), try row.stringIfPresent(3)),
                score: try row.doubleIfPresent(1) ?? .nan),
            second: .init(
                predicted: outcome(try row.doubleIfPresent(5), try row.stringIfPresent(6)),
                score: try row.doubleIfPresent(4) ?? .nan),
            weight: try LogReader.weight(row, 7))
    }

    private static func outcome(_ number: Double?, _ category: String?) -> Outcome {
        if let category { return .category(ByteText(category)) }
        return number.map(Outcome.number) ?? .none
    }
}
