package import Monitoring
package import Postgres
import Statistics

/// Reads the log again, in batches, for whoever folds it.
package struct LogReader: Sendable {
    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// Which part of the log is read.
    package enum Part: Sendable {
        /// What a slot committed after a position, and up to another.
        case after(position: Int64, upTo: Int64 = .max, slot: Int32)
        /// What a slot committed of a model up to a position, of a stretch of event time.
        case stretch(from: Time, to: Time, upTo: Int64, slot: Int32)
        /// What a slot committed of a model up to a position, from an event time on.
        case model(from: Time?, upTo: Int64, slot: Int32)
    }

    private static let predictionSelect = """
        SELECT prediction_id, model_version, event_time, score, predicted_number, predicted_class, numbers, categories,
            type_errors, segments, class_scores, extras, embeddings, weight, position
        FROM prediction
        """

    private static let outcomeSelect = """
        SELECT event_time, known_at, sign, is_replacement, model_version, segments, score, predicted_number,
            predicted_class, actual_number, actual_class, weight, actual_rank, actual_probability, squared_distance, class_scores,
            position
        FROM outcome
        """

    private func condition(_ part: Part, model: Int32) -> (sql: String, parameters: [PostgresValue]) {
        switch part {
        case .after(let position, let upTo, let slot):
            (
                "WHERE project = $1 AND model = $2 AND position > $3 AND slot = $4 AND position <= $5",
                [.int32(store.project), .int32(model), .int64(position), .int32(slot), .int64(upTo)]
            )
        case .stretch(let from, let to, let upTo, let slot):
            (
                """
                WHERE project = $1 AND model = $2 AND position <= $3 AND slot = $4 AND event_time >= $5 AND event_time < $6
                """,
                [
                    .int32(store.project), .int32(model), .int64(upTo), .int32(slot), .timestamp(from.timestamp),
                    .timestamp(to.timestamp),
                ]
            )
        case .model(let from, let upTo, let slot):
            (
                "WHERE project = $1 AND model = $2 AND position <= $3 AND slot = $4 AND event_time >= $5",
                [
                    .int32(store.project), .int32(model), .int64(upTo), .int32(slot),
                    .timestamp((from ?? Time(microseconds: -60_000_000_000_000_000)).timestamp),
                ]
            )
        }
    }

    /// Models of which a slot committed something after a position.
    package func models(after position: Int64, slot: Int32) async throws(PostgresError) -> [Int32] {
        try await byPosition("log.models") { tx throws(PostgresError) in
            try await tx.query(
                Statement(
                    "log.models",
                    """
                    SELECT model FROM prediction WHERE project = $1 AND position > $2 AND slot = $3
                    UNION SELECT model FROM outcome WHERE project = $1 AND position > $2 AND slot = $3
                    """, timeout: .seconds(3600)), [.int32(store.project), .int64(position), .int32(slot)]
            ) { row throws(PostgresError) in try row.int32(0) }
        }
    }

    /// Runs statements that look for the newest groups, through the index of positions whatever the planner has heard of the
    /// tables: new ones have no statistics, and reading all rows takes seconds for every few millions.
    private func byPosition<Result>(
        _ name: String, _ body: (PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        try await store.settle()
        guard store.layout == .oneServer else { return try await store.pool.withConnection(body) }
        return try await store.pool.withTransaction(name, mode: .readOnlySnapshot) { tx throws(PostgresError) in
            try await tx.script(Statement(name, "SET LOCAL enable_seqscan = off"))
            return try await body(tx)
        }
    }

    /// Lends a connection for a part of the log.
    private func reading<Result>(
        _ part: Part, _ body: (PostgresConnection) async throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        if case .after = part { return try await byPosition("log.after", body) }
        try await store.settle()
        return try await store.pool.withConnection(body)
    }

    /// The greatest event time of every group with predictions of a model that a slot committed after a position, in order.
    package func newestEvents(
        of model: Int32, after position: Int64, slot: Int32
    ) async throws(PostgresError) -> [(position: Int64, event: Time)] {
        try await byPosition("log.newest") { tx throws(PostgresError) in
            try await tx.query(
                Statement(
                    "log.newest",
                    """
                    SELECT position, max(event_time) FROM prediction
                    WHERE project = $1 AND model = $2 AND position > $3 AND slot = $4 GROUP BY position ORDER BY position
                    """, timeout: .seconds(3600)),
                [.int32(store.project), .int32(model), .int64(position), .int32(slot)]
            ) { row throws(PostgresError) in (try row.value(0, as: Int64.self), try row.timestamp(1).time) }
        }
    }

    /// Calls the body with predictions of a model in batches, in no particular order.
    package func predictions(
        of model: Int32, schema: ModelSchema, _ part: Part, _ body: (StoredPredictions) async -> Void
    ) async throws(PostgresError) {
        let (sql, parameters) = condition(part, model: model)
        let batch = StoredVectors.rows(at: schema, most: 10_000)
        _ = try await reading(part) { connection throws(PostgresError) in
            try await connection.forEachBatch(
                Statement("log.predictions", "\(Self.predictionSelect) \(sql)", timeout: .seconds(3600)), parameters,
                batch: batch
            ) { rows throws(PostgresError) in
                var stored = StoredPredictions(schema: schema)
                try rows.forEach { row throws(PostgresError) in stored.append(try Self.prediction(row)) }
                await body(stored)
            }
        }
    }

    /// Reads all predictions of a model with event times in `[from, to)` into memory.
    package func stretch(
        of model: Int32, schema: ModelSchema, from: Time, to: Time, into rows: inout StoredPredictions
    ) async throws(PostgresError) {
        let found = try await store.pool.query(
            Statement(
                "log.stretch",
                "\(Self.predictionSelect) WHERE project = $1 AND model = $2 AND event_time >= $3 AND event_time < $4",
                timeout: .seconds(600)),
            [.int32(store.project), .int32(model), .timestamp(from.timestamp), .timestamp(to.timestamp)]
        ) { row throws(PostgresError) in try Self.prediction(row) }
        for row in found { rows.append(row) }
    }

    /// Where a page of rows ended.
    package struct Place: Sendable {
        let time: Time
        let id: String
        let version: String
    }

    /// At most so many predictions of a model with event times in `[from, to)`, in the order of time, id and version, after
    /// a place; and where the page ended.
    package func page(
        of model: Int32, schema: ModelSchema, from: Time, to: Time, after place: Place?, most: Int
    ) async throws(PostgresError) -> (rows: StoredPredictions, end: Place?) {
        let start = place?.time ?? from
        let found = try await store.pool.query(
            Statement(
                "log.page",
                """
                \(Self.predictionSelect) WHERE project = $1 AND model = $2 AND event_time >= $3 AND event_time < $4
                    AND ($5::text IS NULL
                        OR (event_time, prediction_id COLLATE "C", model_version COLLATE "C") > ($3, $5, $6))
                ORDER BY event_time, prediction_id COLLATE "C", model_version COLLATE "C" LIMIT $7
                """, timeout: .seconds(600)),
            [
                .int32(store.project), .int32(model), .timestamp(start.timestamp), .timestamp(to.timestamp),
                .text(place?.id), .text(place?.version ?? ""), .int64(Int64(most)),
            ]
        ) { row throws(PostgresError) in try Self.prediction(row) }
        var rows = StoredPredictions(schema: schema)
        for row in found { rows.append(row) }
        return (rows, found.last.map { Place(time: $0.time, id: $0.id, version: $0.version) })
    }

    /// Calls the body with changes of a model's outcomes and the positions of their groups in batches, in no particular order.
    package func outcomes(
        of model: Int32, _ part: Part, batch: Int = 10_000, _ body: ([OutcomeDelta], [Int64]) async -> Void
    ) async throws(PostgresError) {
        let (sql, parameters) = condition(part, model: model)
        _ = try await reading(part) { connection throws(PostgresError) in
            try await connection.forEachBatch(
                Statement("log.outcomes", "\(Self.outcomeSelect) \(sql)", timeout: .seconds(3600)), parameters,
                batch: batch
            ) { rows throws(PostgresError) in
                var (deltas, positions): ([OutcomeDelta], [Int64]) = ([], [])
                try rows.forEach { row throws(PostgresError) in
                    deltas.append(try Self.outcome(row))
                    positions.append(try row.value(16, as: Int64.self))
                }
                await body(deltas, positions)
            }
        }
    }

    private static func prediction(_ row: borrowing Row) throws(PostgresError) -> StoredPredictions.Row {
        StoredPredictions.Row(
            id: try row.string(0), version: try row.string(1), time: try row.timestamp(2).time,
            score: try row.doubleIfPresent(3) ?? .nan, predictedNumber: try row.doubleIfPresent(4) ?? .nan,
            predictedClass: try row.stringIfPresent(5), numbers: try row.doubles(6),
            categories: try row.array(7, of: String.self),
            embeddings: row.isNull(12) ? [] : StoredVectors.vectors(of: try row.bytes(12)),
            typeErrors: row.isNull(8) ? [] : try row.array(8, of: Int32.self, null: -1),
            segments: row.isNull(9) ? [] : try row.array(9, of: String.self, null: ""),
            classScores: try row.stringIfPresent(10), extras: try row.stringIfPresent(11),
            weight: try weight(row, 13), position: try row.value(14, as: Int64.self))
    }

    private static func outcome(_ row: borrowing Row) throws(PostgresError) -> OutcomeDelta {
        OutcomeDelta(
            eventTime: try row.timestamp(0).time, version: ByteText(try row.string(4)),
            segments: row.isNull(5) ? [] : try row.array(5, of: String.self, null: "").map { ByteText($0) },
            predicted: outcome(number: try row.doubleIfPresent(7), category: try row.stringIfPresent(8)),
            score: try row.doubleIfPresent(6) ?? .nan,
            actual: outcome(number: try row.doubleIfPresent(9), category: try row.stringIfPresent(10)),
            knownAt: try row.timestamp(1).time, sign: Int64(try row.int32(2)), isReplacement: try row.bool(3),
            weight: try weight(row, 11), actualRank: row.isNull(12) ? nil : Int(try row.int32(12)),
            actualProbability: try row.doubleIfPresent(13), squaredDistance: try row.doubleIfPresent(14),
            ranking: row.isNull(15) ? nil : try ranking(try row.bytes(15)))
    }

    private static func ranking(_ bytes: [UInt8]) throws(PostgresError) -> ClassRanking {
        do throws(CodecError) {
            return try ClassRanking(decoding: bytes)
        } catch {
            throw PostgresError(.decoding, statement: "log.read", message: "the class scores of a row: \(error)")
        }
    }

    /// The weight of a row, null standing for 1.
    static func weight(_ row: borrowing Row, _ column: Int) throws(PostgresError) -> RowWeight {
        guard let value = try row.doubleIfPresent(column) else { return .one }
        guard let weight = RowWeight(value) else {
            throw PostgresError(.decoding, statement: "log.read", message: "a row of the log has the weight \(value)")
        }
        return weight
    }

    private static func outcome(number: Double?, category: String?) -> Outcome {
        if let category { return .category(ByteText(category)) }
        return number.map(Outcome.number) ?? .none
    }
}
