import Monitoring
import Postgres
import Statistics

/// Decides what each row of a group is, against the records of its ids: new, known, in conflict.
///
/// Rows are decided in the order of their submissions, so that a group gives what its requests one by one would have given.
struct IdentityLedger {
    private struct Entry {
        var record = IdentityRecord()
        var isStored = false
        /// Where it is stored, if that is known.
        var place: RowLocation?
        var isChanged = false
    }

    private let keys: [IdentityKey]
    /// What is known of each key, at the same places.
    private var entries: [Entry]

    /// A ledger of ids about which the database knows what `stored` says, and nothing else; `keys` ascend.
    init(keys: [IdentityKey], stored: [StoredIdentity] = []) {
        self.keys = keys
        entries = [Entry](repeating: Entry(), count: keys.count)
        var place = 0
        for known in stored.sorted(by: { $0.key < $1.key }) {
            while place < keys.count, keys[place] < known.key { place += 1 }
            guard place < keys.count, keys[place] == known.key else { continue }
            entries[place] = Entry(record: known.record, isStored: true, place: known.place)
        }
    }

    /// Records that the database does not have yet, in the order of their keys, so that two groups never wait for each other.
    var inserted: [(IdentityKey, IdentityRecord)] {
        entries.indices.filter { entries[$0].isChanged && !entries[$0].isStored }.map { (keys[$0], entries[$0].record) }
    }

    /// Records that changed.
    var updated: [StoredIdentity] {
        entries.indices.filter { entries[$0].isChanged && entries[$0].isStored }.map {
            StoredIdentity(key: keys[$0], record: entries[$0].record, place: entries[$0].place)
        }
    }

    /// Decides all rows of a submission whose ids have their keys at these places.
    mutating func decide(_ submission: LogSubmission, places: [Int]) -> LogResult {
        switch submission.rows {
        case .predictions(let batch): decide(batch, of: submission, places: places)
        case .labels(let batch): decide(batch, places: places)
        }
    }

    private mutating func decide(
        _ batch: PredictionBatch, of submission: LogSubmission, places: [Int]
    ) -> LogResult {
        var result = LogResult()
        for row in 0..<batch.count {
            let prediction = IdentityRecord.Version(
                version: batch.versions[row], eventTime: batch.times[row], digest: submission.digests[row],
                predicted: batch.predicted(row: row), score: batch.score(row: row),
                segments: submission.segments(row), weight: batch.weight(row: row), ranking: batch.ranking(row: row))
            switch entries[places[row]].record.record(prediction: prediction) {
            case .new(let deltas):
                result.fresh.append(row)
                result.deltas += deltas
                entries[places[row]].isChanged = true
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

    private mutating func decide(_ batch: LabelBatch, places: [Int]) -> LogResult {
        var result = LogResult()
        for row in 0..<batch.count {
            guard let time = batch.times[row] else { continue }
            let label = IdentityRecord.Label(time: time, actual: batch.actual(row: row))
            switch entries[places[row]].record.record(label: label) {
            case .new(let deltas, let isCorrection, let isPending):
                result.fresh.append(row)
                result.deltas += deltas
                result.corrections += isCorrection ? 1 : 0
                result.pending += isPending ? 1 : 0
                entries[places[row]].isChanged = true
            case .duplicate: result.duplicates += 1
            case .refused(let reason):
                result.rejections.append(RowRejection(index: row, pointer: "/prediction_id", detail: reason))
            }
        }
        return result
    }
}
