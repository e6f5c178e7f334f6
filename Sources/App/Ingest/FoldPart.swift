import Monitoring
import Statistics
import Store

/// What is folded at once of a group: a submission, or many small ones of a model joined, because a fold costs the same for one
/// row and for a hundred.
struct FoldPart: Sendable {
    let model: Int32
    /// The predictions; nil where there are labels only.
    private(set) var batch: PredictionBatch?
    /// The rows of the batch that are new, ascending.
    private(set) var fresh: [Int] = []
    /// The segments of a row of the batch.
    private(set) var segments: @Sendable (Int) -> [ByteText] = { _ in [] }
    private(set) var deltas: [OutcomeDelta] = []
    /// Whether anything was not known before.
    private(set) var changesAnything = false

    /// Whether all that is new is of predictions at a time or after it.
    func lies(after time: Time) -> Bool {
        let times = batch?.times ?? []
        return deltas.allSatisfy { $0.eventTime >= time } && (batch == nil || fresh.allSatisfy { times[$0] >= time })
    }

    /// Submissions with fewer rows on average are joined.
    private static let smallRows = 100

    /// The parts of a group, in the order of its submissions; those of a model are joined where they are small.
    static func parts(of group: [LogSubmission], _ results: [LogResult]) -> [FoldPart] {
        let rows = group.reduce(0) { $0 + $1.count }
        guard group.count > 1, rows < group.count * smallRows else {
            return zip(group, results).map { FoldPart(model: $0.model, $0, $1) }
        }
        var order: [Int32] = []
        var members: [Int32: [(LogSubmission, LogResult)]] = [:]
        for (submission, result) in zip(group, results) {
            if members[submission.model] == nil { order.append(submission.model) }
            members[submission.model, default: []].append((submission, result))
        }
        return order.flatMap { model in
            let own = members[model] ?? []
            return joined(model, own).map { [$0] } ?? own.map { FoldPart(model: model, $0, $1) }
        }
    }

    private init(model: Int32) {
        self.model = model
    }

    private init(model: Int32, _ submission: LogSubmission, _ result: LogResult) {
        self.model = model
        deltas = result.deltas
        changesAnything = !result.fresh.isEmpty
        guard case .predictions(let rows) = submission.rows else { return }
        batch = rows
        fresh = result.fresh
        segments = submission.segments
    }

    /// Submissions of a model as one part; nil where their rows have different columns.
    private static func joined(_ model: Int32, _ members: [(LogSubmission, LogResult)]) -> FoldPart? {
        var part = FoldPart(model: model)
        var batches: [PredictionBatch] = []
        var sources: [(submission: LogSubmission, row: Int)] = []
        for (submission, result) in members {
            part.deltas += result.deltas
            part.changesAnything = part.changesAnything || !result.fresh.isEmpty
            guard case .predictions(let rows) = submission.rows, !result.fresh.isEmpty else { continue }
            batches.append(result.fresh.count == rows.count ? rows : rows.selecting(rows: result.fresh))
            sources += result.fresh.map { (submission, $0) }
        }
        guard !batches.isEmpty else { return part }
        guard let batch = PredictionBatch(joining: batches) else { return nil }
        part.batch = batch
        part.fresh = Array(sources.indices)
        part.segments = { [sources] row in sources[row].submission.segments(sources[row].row) }
        return part
    }
}
