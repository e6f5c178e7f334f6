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
        "weight", "actual_rank", "actual_probability", "squared_distance",
    ]

    /// Copies the new predictions of a group into the log.
    func copyPredictions(
        _ group: [LogSubmission], _ results: [LogResult], _ place: LogPlace, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        var copy = CopyWriter(columns: Self.predictionColumns.count)
        for (submission, result) in zip(group, results) {
            guard case .predictions(let batch) = submission.rows, !result.fresh.isEmpty else { continue }
            let typeErrors = batch.typeErrorColumns(of: result.fresh)
            for (index, row) in result.fresh.enumerated() {
                copy.beginRow()
                copy.append(
                    place, model: submission.model, eventTime: batch.times[row], arrivedAt: submission.arrivedAt)
                copy.append(text: batch.ids[row].string)
                copy.append(text: batch.versions[row].string)
                copy.append(nullForNaN: batch.score(row: row))
                copy.append(nullForNaN: batch.predictedNumber(row: row))
                copy.append(text: batch.predictedClass(row: row)?.string)
                copy.appendNumbers(of: batch, row: row)
                copy.append(array: batch.categorical.map { $0[row]?.string })
                if typeErrors[index].isEmpty { copy.appendNull() } else { copy.append(array: typeErrors[index]) }
                copy.append(segments: submission.segments(row))
                copy.append(text: batch.classScores.indices.contains(row) ? batch.classScores[row] : nil)
                copy.append(text: batch.extras.indices.contains(row) ? batch.extras[row] : nil)
                copy.append(bytes: StoredVectors.bytes(of: batch, row: row))
                copy.append(batch.weight(row: row))
            }
        }
        guard !copy.isEmpty else { return }
        try await self.copy(
            copy, into: "prediction", columns: Self.predictionColumns, presumed: .checkViolation, tx)
    }

    /// Copies what a group changes in outcomes into the log.
    func copyOutcomes(
        _ group: [LogSubmission], _ results: [LogResult], _ place: LogPlace, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        var copy = CopyWriter(columns: Self.outcomeColumns.count)
        for (submission, result) in zip(group, results) {
            for delta in result.deltas {
                copy.beginRow()
                copy.append(place, model: submission.model, eventTime: delta.eventTime, arrivedAt: submission.arrivedAt)
                copy.append(timestamp: delta.knownAt.timestamp)
                copy.append(int32: delta.sign < 0 ? -1 : 1)
                copy.append(bool: delta.isReplacement)
                copy.append(text: delta.version.string)
                copy.append(segments: delta.segments)
                copy.append(nullForNaN: delta.score)
                copy.append(double: delta.predicted.number)
                copy.append(text: delta.predicted.category?.string)
                copy.append(double: delta.actual.number)
                copy.append(text: delta.actual.category?.string)
                copy.append(delta.weight)
                if let rank = delta.actualRank { copy.append(int32: Int32(clamping: rank)) } else { copy.appendNull() }
                copy.append(double: delta.actualProbability)
                copy.append(double: delta.squaredDistance)
            }
        }
        guard !copy.isEmpty else { return }
        try await self.copy(
            copy, into: "outcome", columns: Self.outcomeColumns, presumed: .checkViolation, tx)
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
    /// The columns that every row of the log begins with.
    fileprivate mutating func append(_ place: LogPlace, model: Int32, eventTime: Time, arrivedAt: Time) {
        append(int32: place.project)
        append(int32: model)
        append(timestamp: eventTime.timestamp)
        append(int32: place.slot)
        append(int64: place.position)
        append(timestamp: arrivedAt.timestamp)
    }

    fileprivate mutating func append(segments: [ByteText]) {
        if segments.isEmpty { appendNull() } else { append(array: segments.map(\.string)) }
    }

    /// The weight of a row; null for one that counts once.
    fileprivate mutating func append(_ weight: RowWeight) {
        if weight.isOne { appendNull() } else { append(double: weight.value) }
    }

    /// The numeric features by position; a position that the schema no longer uses is null.
    fileprivate mutating func appendNumbers(of batch: PredictionBatch, row: Int) {
        beginArray(of: .double, count: batch.numeric.count)
        for column in batch.numeric { append(nullForNaN: column.isEmpty ? .nan : column[row]) }
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
    func typeErrorColumns(of rows: [Int]) -> [[Int32]] {
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
