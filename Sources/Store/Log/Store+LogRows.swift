package import Monitoring
package import Postgres
import Statistics

extension Store {
    static let predictionColumns = [
        "project", "model", "event_time", "slot", "position", "arrived_at", "prediction_id", "model_version", "score",
        "predicted_number", "predicted_class", "numbers", "categories", "type_errors", "segments", "class_scores",
        "extras", "embeddings", "weight",
    ]

    static let outcomeColumns = [
        "project", "model", "event_time", "slot", "position", "arrived_at", "known_at", "sign", "is_replacement",
        "model_version", "segments", "score", "predicted_number", "predicted_class", "actual_number", "actual_class",
        "weight", "actual_rank", "actual_probability", "squared_distance", "class_scores",
    ]

    /// Copies the new predictions of a group into the log.
    func copyPredictions(
        _ group: [LogSubmission], _ results: [LogResult], _ place: LogPlace, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        let rows = GroupRows(counts: zip(group, results).map { $0.isPredictions ? $1.fresh.count : 0 })
        try await self.copy(
            into: "prediction", columns: Self.predictionColumns, count: rows.count, presumed: .checkViolation, tx
        ) { numbers, copy in
            for part in rows.parts(of: numbers) {
                copy.append(group[part.submission], results[part.submission].fresh[part.rows], place)
            }
        }
    }

    /// Copies what a group changes in outcomes into the log.
    func copyOutcomes(
        _ group: [LogSubmission], _ results: [LogResult], _ place: LogPlace, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        let rows = GroupRows(counts: results.map(\.deltas.count))
        try await self.copy(
            into: "outcome", columns: Self.outcomeColumns, count: rows.count, presumed: .checkViolation, tx
        ) { numbers, copy in
            for part in rows.parts(of: numbers) {
                for delta in results[part.submission].deltas[part.rows] {
                    copy.append(delta, of: group[part.submission], place)
                }
            }
        }
    }

    private static let advanceSlot = Statement(
        "slot.advance",
        """
        UPDATE writer_slot SET position = $4
        WHERE project = $1 AND slot = $2 AND term = $3 AND position = $4 - 1 AND removals = $5
        """)

    private static let advanceModels = Statement(
        "model.advance",
        """
        INSERT INTO model_event AS known (project, model, slot, newest_event)
        SELECT $1, model, $2, at FROM unnest($3::int4[], $4::timestamptz[]) AS new (model, at)
        ON CONFLICT (project, model, slot) DO UPDATE SET newest_event = excluded.newest_event
            WHERE excluded.newest_event > known.newest_event
        """)

    /// Moves the slot to its next position, which only its holder in its term can do.
    func advance(
        _ slot: WriterSlot, newest: [Int32: Time], _ tx: PostgresConnection
    ) async throws(PostgresError) {
        let moved = try await tx.execute(
            Self.advanceSlot,
            [
                .int32(project), .int32(slot.slot), .int64(slot.term), .int64(slot.position + 1),
                .int64(slot.removals),
            ])
        guard moved == 1 else { throw .slotLost }
        guard !newest.isEmpty else { return }
        let models = newest.keys.sorted()
        try await tx.execute(
            Self.advanceModels,
            [
                .int32(project), .int32(slot.slot), .array(models), .array(models.compactMap { newest[$0]?.timestamp }),
            ])
    }
}

extension PostgresError {
    /// The slot belongs to another term by now; nothing was written.
    package static var slotLost: PostgresError {
        PostgresError(
            .server(.raisedException), statement: "slot.advance",
            message: "another process holds the writer slot; this one must take it again before it writes")
    }
}

extension CopyWriter {
    /// Some predictions of a submission.
    fileprivate mutating func append(_ submission: LogSubmission, _ rows: ArraySlice<Int>, _ place: LogPlace) {
        guard case .predictions(let batch) = submission.rows else { return }
        let typeErrors = batch.typeErrorColumns(of: rows)
        for (row, mistaken) in zip(rows, typeErrors) {
            begin(place, of: submission, eventTime: batch.times[row])
            append(text: batch.ids[row].string)
            append(text: batch.versions[row].string)
            append(nullForNaN: batch.score(row: row))
            append(nullForNaN: batch.predictedNumber(row: row))
            append(text: batch.predictedClass(row: row)?.string)
            appendFeatures(of: batch, row: row)
            if mistaken.isEmpty { appendNull() } else { append(array: mistaken) }
            append(segments: submission.segments(row))
            append(text: batch.classScores.indices.contains(row) ? batch.classScores[row] : nil)
            append(text: batch.extras.indices.contains(row) ? batch.extras[row] : nil)
            append(bytes: StoredVectors.bytes(of: batch, row: row))
            append(batch.weight(row: row))
        }
    }

    /// What a submission changes in one outcome.
    fileprivate mutating func append(_ delta: OutcomeDelta, of submission: LogSubmission, _ place: LogPlace) {
        begin(place, of: submission, eventTime: delta.eventTime)
        append(timestamp: delta.knownAt.timestamp)
        append(int32: delta.sign < 0 ? -1 : 1)
        append(bool: delta.isReplacement)
        append(text: delta.version.string)
        append(segments: delta.segments)
        append(nullForNaN: delta.score)
        append(double: delta.predicted.number)
        append(text: delta.predicted.category?.string)
        append(double: delta.actual.number)
        append(text: delta.actual.category?.string)
        append(delta.weight)
        if let rank = delta.actualRank { append(int32: Int32(clamping: rank)) } else { appendNull() }
        append(double: delta.actualProbability)
        append(double: delta.squaredDistance)
        append(bytes: delta.ranking?.encoded())
    }

    /// Begins a row with the columns that every row of the log begins with.
    fileprivate mutating func begin(_ place: LogPlace, of submission: LogSubmission, eventTime: Time) {
        beginRow()
        append(int32: place.project)
        append(int32: submission.model)
        append(timestamp: eventTime.timestamp)
        append(int32: place.slot)
        append(int64: place.position)
        append(timestamp: submission.arrivedAt.timestamp)
    }

    fileprivate mutating func append(segments: [ByteText]) {
        if segments.isEmpty { appendNull() } else { append(array: segments.map(\.string)) }
    }

    /// The weight of a row; null for one that counts once.
    fileprivate mutating func append(_ weight: RowWeight) {
        if weight.isOne { appendNull() } else { append(double: weight.value) }
    }

    /// Numeric features and categorical ones by position; a position that the schema no longer uses is null.
    fileprivate mutating func appendFeatures(of batch: PredictionBatch, row: Int) {
        beginArray(of: .double, count: batch.numeric.count)
        for position in batch.numeric.indices {
            append(nullForNaN: batch.numeric[position].isEmpty ? .nan : batch.numeric[position][row])
        }
        endArray()
        beginArray(of: .text, count: batch.categorical.count)
        for position in batch.categorical.indices { append(text: batch.categorical[position][row]?.string) }
        endArray()
    }
}

extension Time {
    /// The instant as the database door speaks of it.
    package var timestamp: Timestamp { Timestamp(microseconds: microseconds) }
}

extension Timestamp {
    /// The instant as the domain speaks of it.
    package var time: Time { Time(microseconds: microseconds) }
}

extension PredictionBatch {
    /// For each of these rows the columns with a type error: numeric positions, then categorical positions.
    func typeErrorColumns(of rows: ArraySlice<Int>) -> [[Int32]] {
        var columns = Array(repeating: [Int32](), count: rows.count)
        guard typeErrors.contains(where: { !$0.isEmpty }) else { return columns }
        var places: [Int32: Int] = [:]
        for (place, row) in rows.enumerated() { places[Int32(clamping: row)] = place }
        for (column, rows) in typeErrors.enumerated() {
            for row in rows {
                if let place = places[row] { columns[place].append(Int32(clamping: column)) }
            }
        }
        return columns
    }
}
