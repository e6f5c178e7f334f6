package import Monitoring
package import Statistics

/// What one request wants in the log: rows of one kind for one model.
///
/// A class, because it is handed from the request through queue, commit and fold, and its columns are dozens of arrays.
package final class LogSubmission: Sendable {
    /// The rows as columns.
    package enum Rows: Sendable {
        case predictions(PredictionBatch)
        case labels(LabelBatch)
    }

    /// The model's number.
    package let model: Int32
    package let rows: Rows
    /// When the request arrived.
    package let arrivedAt: Time
    /// The segments of a row besides the pooled one; nil for labels.
    package let segments: @Sendable (Int) -> [ByteText]
    /// By what a repeat of the request is known; nil where it is known by its rows.
    package let mark: RequestMark?
    /// The identity of each row's id; made with the submission, so that the committer need not.
    let keys: [IdentityKey]
    /// The digest of each prediction's content; empty for labels.
    let digests: [ContentDigest]

    package init(
        model: Int32, rows: Rows, arrivedAt: Time, mark: RequestMark? = nil,
        segments: @escaping @Sendable (Int) -> [ByteText] = { _ in [] }
    ) {
        self.model = model
        self.rows = rows
        self.arrivedAt = arrivedAt
        self.mark = mark
        self.segments = segments
        switch rows {
        case .predictions(let batch):
            keys = batch.ids.map { IdentityKey(model: model, id: $0) }
            digests = Self.digests(of: batch)
        case .labels(let batch):
            keys = batch.ids.map { IdentityKey(model: model, id: $0) }
            digests = []
        }
    }

    private static func digests(of batch: PredictionBatch) -> [ContentDigest] {
        var content: [UInt8] = []
        return batch.ids.indices.map { row in
            content.removeAll(keepingCapacity: true)
            batch.contentBytes(row: row, into: &content)
            return IdentityKey.digest(content)
        }
    }

    /// Whether its rows are predictions.
    var isPredictions: Bool { if case .predictions = rows { true } else { false } }

    /// How many rows there are.
    package var count: Int {
        switch rows {
        case .predictions(let batch): batch.count
        case .labels(let batch): batch.count
        }
    }

    /// No rows, but the answer that a request was given, for its repeats.
    package func keeping(_ answer: StoredAnswer, of mark: RequestMark) -> LogSubmission {
        selecting(rows: [], mark: RequestMark(key: mark.key, digest: mark.digest) { _ in answer })
    }

    /// The same request with only some of its rows; without its mark, which is for all of them.
    package func selecting(rows kept: [Int]) -> LogSubmission { selecting(rows: kept, mark: nil) }

    private func selecting(rows kept: [Int], mark: RequestMark?) -> LogSubmission {
        let segments = segments
        let chosen: Rows =
            switch rows {
            case .predictions(let batch): .predictions(batch.selecting(rows: kept))
            case .labels(let batch): .labels(batch.selecting(rows: kept))
            }
        return LogSubmission(model: model, rows: chosen, arrivedAt: arrivedAt, mark: mark) { segments(kept[$0]) }
    }
}
