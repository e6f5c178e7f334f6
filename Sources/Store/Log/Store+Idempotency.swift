package import Monitoring
package import Postgres

/// Answers to requests with a key.
extension Store {
    private static let claim = Statement(
        "idempotency.claim",
        """
        INSERT INTO idempotency AS known (project, model, key, digest, created_at, status, answer)
        VALUES ($1, $2, $3, $4, $5, 0, '')
        ON CONFLICT (project, model, key) DO UPDATE SET digest = excluded.digest, created_at = excluded.created_at
            WHERE known.created_at < $6
        """)

    private static let keep = Statement(
        "idempotency.keep",
        "UPDATE idempotency SET status = $4, answer = $5 WHERE project = $1 AND model = $2 AND key = $3")

    private static let find = Statement(
        "idempotency.find",
        """
        SELECT digest, status, answer FROM idempotency
        WHERE project = $1 AND model = $2 AND key = $3 AND created_at >= $4
        """)

    /// For how long the answer to a request is kept.
    package static let answerAge = PrometheusDuration.hours(72)

    /// What a request with this key was answered, nil where there was none within ``answerAge``.
    package func answer(model: Int32, key: [UInt8], at now: Time) async throws(PostgresError) -> StoredAnswer? {
        try await pool.query(
            Self.find, [.int32(project), .int32(model), .bytes(key), .timestamp((now - Self.answerAge).timestamp)]
        ) { row throws(PostgresError) in
            StoredAnswer(digest: try row.bytes(0), status: try row.int32(1), body: try row.bytes(2))
        }.first
    }

    /// Claims the keys of a group before anything else of it is done, in one order everywhere.
    ///
    /// Waits for a request with the same key that is being committed in another process.
    /// - Returns: the places in the group of requests that were answered before.
    func claimKeys(
        _ group: [LogSubmission], _ tx: PostgresConnection
    ) async throws(PostgresError) -> Set<Int> {
        var repeats: Set<Int> = []
        let marked = group.indices.filter { group[$0].mark != nil }.sorted {
            Self.order(of: group[$0]).lexicographicallyPrecedes(Self.order(of: group[$1]))
        }
        for place in marked {
            guard let mark = group[place].mark else { continue }
            let (model, now) = (group[place].model, group[place].arrivedAt)
            let isNew = try await tx.execute(
                Self.claim,
                [
                    .int32(project), .int32(model), .bytes(mark.key), .bytes(mark.digest), .timestamp(now.timestamp),
                    .timestamp((now - Self.answerAge).timestamp),
                ])
            if isNew == 0 { repeats.insert(place) }
        }
        return repeats
    }

    private static func order(of submission: LogSubmission) -> [UInt8] {
        withBigEndian(submission.model) + (submission.mark?.key ?? [])
    }

    private static func withBigEndian(_ model: Int32) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: model >> Int32($0)) }
    }

    /// Keeps what the requests of a group that have keys are answered.
    func keepAnswers(
        _ group: [LogSubmission], _ results: [LogResult], _ tx: PostgresConnection
    ) async throws(PostgresError) {
        for (submission, result) in zip(group, results) where !result.isRepeat {
            guard let mark = submission.mark else { continue }
            let answer = mark.answer(result)
            try await tx.execute(
                Self.keep,
                [
                    .int32(project), .int32(submission.model), .bytes(mark.key), .int32(answer.status),
                    .bytes(answer.body),
                ])
        }
    }

    /// Removes answers that are older than ``answerAge``.
    package func removeOldAnswers(at now: Time) async throws(PostgresError) {
        try await pool.execute(
            Statement("idempotency.remove", "DELETE FROM idempotency WHERE project = $1 AND created_at < $2"),
            [.int32(project), .timestamp((now - Self.answerAge).timestamp)])
    }
}
