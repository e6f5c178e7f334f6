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

    /// The new predictions of a group as rows of the log.
    func predictionRows(_ group: [LogSubmission], _ results: [LogResult], _ place: LogPlace) -> LogCopy {
        let rows = GroupRows(counts: zip(group, results).map { $0.isPredictions ? $1.fresh.count : 0 })
        let copy = TableCopy(into: "prediction", columns: Self.predictionColumns, count: rows.count) { numbers, copy in
            for part in rows.parts(of: numbers) {
                copy.append(group[part.submission], results[part.submission].fresh[part.rows], place)
            }
        }
        return LogCopy(rows: copy, presumed: .checkViolation)
    }

    /// What a group changes in outcomes as rows of the log.
    func outcomeRows(_ group: [LogSubmission], _ results: [LogResult], _ place: LogPlace) -> LogCopy {
        let rows = GroupRows(counts: results.map(\.deltas.count))
        let copy = TableCopy(into: "outcome", columns: Self.outcomeColumns, count: rows.count) { numbers, copy in
            for part in rows.parts(of: numbers) {
                for delta in results[part.submission].deltas[part.rows] {
                    copy.append(delta, of: group[part.submission], place)
                }
            }
        }
        return LogCopy(rows: copy, presumed: .checkViolation)
    }

    /// Stores the rows of a group and moves its slot to its next position, which only its holder in its term can do.
    /// - Parameters:
    ///   - rows: the rows of each table.
    ///   - slot: the slot.
    ///   - newest: the greatest event time of each model's new predictions.
    ///   - tx: the transaction.
    /// - Throws: `PostgresError`; `slotLost` when another process holds the slot by now.
    func append(
        _ rows: [LogCopy], advancing slot: WriterSlot, newest: [Int32: Time], _ tx: PostgresConnection
    ) async throws(PostgresError) {
        let statements = advanceModels(slot, newest: newest) + [advanceSlot(slot)]
        let end = Statement("slot.advance", statements.joined(separator: "; "))
        guard try await copy(rows, end: end, tx) == 1 else { throw .slotLost }
    }

    // These go with the rows, whose protocol knows no parameters; they hold nothing but numbers and instants.
    private func advanceSlot(_ slot: WriterSlot) -> String {
        """
        UPDATE writer_slot SET position = \(slot.position + 1)
        WHERE project = \(project) AND slot = \(slot.slot) AND term = \(slot.term)
            AND position = \(slot.position) AND removals = \(slot.removals)
        """
    }

    private func advanceModels(_ slot: WriterSlot, newest: [Int32: Time]) -> [String] {
        guard !newest.isEmpty else { return [] }
        let rows = newest.sorted { $0.key < $1.key }.map { model, time in
            "(\(project), \(model), \(slot.slot), timestamptz '\(time.rfc3339)')"
        }
        return [
            """
            INSERT INTO model_event AS known (project, model, slot, newest_event) VALUES \(rows.joined(separator: ", "))
            ON CONFLICT (project, model, slot) DO UPDATE SET newest_event = excluded.newest_event
                WHERE excluded.newest_event > known.newest_event
            """
        ]
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
