import Monitoring
import Statistics

/// Decides what each row of a group is, against the records of its ids: new, known, in conflict.
///
/// Rows are decided in the order of their submissions, so that a group gives what its requests one by one would have given.
struct IdentityLedger {
    private struct Entry {
        var record: IdentityRecord
        let isStored: Bool
        var isChanged = false
    }

    private var entries: [IdentityKey: Entry] = [:]

    /// A ledger of ids about which the database knows what `stored` says, and nothing else.
    init(keys: some Sequence<IdentityKey>, stored: [IdentityKey: IdentityRecord]) {
        for key in keys {
            let record = stored[key]
            entries[key] = Entry(record: record ?? IdentityRecord(), isStored: record != nil)
        }
    }

    /// Records that the database does not have yet, in the order of their keys, so that two groups never wait for each other.
    var inserted: [(IdentityKey, IdentityRecord)] {
        entries.filter { $0.value.isChanged && !$0.value.isStored }.map { ($0.key, $0.value.record) }
            .sorted { $0.0 < $1.0 }
    }

    /// Records that changed.
    var updated: [(IdentityKey, IdentityRecord)] {
        entries.filter { $0.value.isChanged && $0.value.isStored }.map { ($0.key, $0.value.record) }
    }

    /// Decides all rows of a submission whose ids have these keys.
    mutating func decide(_ submission: LogSubmission, keys: [IdentityKey]) -> LogResult {
        switch submission.rows {
        case .predictions(let batch): decide(batch, of: submission, keys: keys)
        case .labels(let batch): decide(batch, keys: keys)
        }
    }

    private mutating func decide(
        _ batch: PredictionBatch, of submission: LogSubmission, keys: [IdentityKey]
    ) -> LogResult {
        var result = LogResult()
        var content: [UInt8] = []
        for row in 0..<batch.count {
            content.removeAll(keepingCapacity: true)
            batch.contentBytes(row: row, into: &content)
            let prediction = IdentityRecord.Version(
                version: batch.versions[row], eventTime: batch.times[row], digest: IdentityKey.digest(content),
                predicted: batch.predicted(row: row), score: batch.score(row: row),
                segments: submission.segments(row), weight: batch.weight(row: row), ranking: batch.ranking(row: row))
            guard var entry = entries[keys[row]] else { continue }
            switch entry.record.record(prediction: prediction) {
            case .new(let deltas):
                result.fresh.append(row)
                result.deltas += deltas
                entry.isChanged = true
                entries[keys[row]] = entry
            case .duplicate: result.duplicates += 1
            case .conflict:
                result.rejections.append(
                    RowRejection(
                        index: row, pointer: "/prediction_id",
                        detail: "this prediction_id was logged before with other content, which stays; use another id"))
            case .refused(let reason):
                result.rejections.append(RowRejection(index: row, pointer: "/prediction_id", detail: reason))
            }
        }
        return result
    }

    private mutating func decide(_ batch: LabelBatch, keys: [IdentityKey]) -> LogResult {
        var result = LogResult()
        for row in 0..<batch.count {
            guard var entry = entries[keys[row]], let time = batch.times[row] else { continue }
            switch entry.record.record(label: IdentityRecord.Label(time: time, actual: batch.actual(row: row))) {
            case .new(let deltas, let isCorrection, let isPending):
                result.fresh.append(row)
                result.deltas += deltas
                result.corrections += isCorrection ? 1 : 0
                result.pending += isPending ? 1 : 0
                entry.isChanged = true
                entries[keys[row]] = entry
            case .duplicate: result.duplicates += 1
            case .refused(let reason):
                result.rejections.append(RowRejection(index: row, pointer: "/prediction_id", detail: reason))
            }
        }
        return result
    }
}
