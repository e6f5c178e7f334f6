import JSON
import Monitoring

/// Sends a log in the order in which it was lived through.
///
/// Step by step of event time: the predictions before a boundary, the labels known at it, the statement that the stretch is
/// complete; then it waits for the rules.
struct LogReplay {
    private let client: ServiceClient
    private let path: String
    private let grid: StepGrid
    private let predictionFile: LogFile
    private let labelFile: LogFile?
    /// The query that names the column of the weights; empty where rows have none.
    private let weightQuery: String
    private var predictions: LogRows
    private var labels: LogRows?
    private var judgement: JudgementWait
    private var bar: ProgressBar

    /// The boundary up to which everything has been sent, nil before the first.
    private var reached: Time?

    /// What became of the predictions.
    private(set) var predictionTotals = ReplayTotals()
    /// What became of the labels.
    private(set) var labelTotals = ReplayTotals()

    /// Prepares to send two files to the model at a path of the service.
    init(
        client: ServiceClient, path: String, grid: StepGrid, predictions: LogFile, labels: LogFile?,
        weight: String?, judgement: JudgementWait, bar: ProgressBar
    ) throws {
        self.client = client
        self.path = path
        self.grid = grid
        weightQuery = weight.map { "?weight=" + ServiceCall.escaped($0) } ?? ""
        self.judgement = judgement
        self.bar = bar
        predictionFile = predictions
        labelFile = labels
        self.predictions = try predictions.rows()
        self.labels = try labels?.rows()
    }

    /// Leaves out what an earlier run has sent and stated complete.
    mutating func skip(upTo watermark: Time) throws {
        let boundary = grid.atOrBefore(watermark)
        while let row = predictions.next, row.time < boundary { _ = try predictions.take() }
        while let row = labels?.next, row.time <= boundary { _ = try labels?.take() }
        reached = boundary
    }

    /// Sends everything.
    mutating func run() async throws {
        while let first = predictions.next {
            let boundary = try await sendPredictions(before: try await nextBoundary(first.time))
            try await sendLabels(upTo: boundary)
            try await state(boundary)
        }
        try await sendLabels(upTo: .latest)
        bar.finish()
    }

    /// The next boundary before which something happened; an empty stretch in front of it is stated complete at once.
    private mutating func nextBoundary(_ next: Time) async throws -> Time {
        guard let reached else { return grid.after(next) }
        var boundary = grid.after(next)
        if let label = labels?.next { boundary = min(boundary, grid.atOrAfter(label.time)) }
        boundary = max(boundary, reached + grid.step)
        if judgement.isJudged, boundary - grid.step > reached { try await state(boundary - grid.step) }
        return boundary
    }

    /// Where no rules look on, so many rows are sent before it is stated that their stretch is complete.
    private static let mostUnstated = 8 * RowChunk.mostRows

    /// Sends the predictions before a boundary, and where no rules look on, further steps until there are many; the order of these
    /// does not matter.
    ///
    /// - Returns: the boundary before which all predictions have been sent.
    private mutating func sendPredictions(before first: Time) async throws -> Time {
        var boundary = first
        let sender = ChunkSender(client: client, target: "\(path)/predictions\(weightQuery)")
        let rest = try await sender.sending(judgement.isJudged ? 1 : ChunkSender.width) { send in
            var chunk = RowChunk(header: predictionFile.header)
            var count = 0
            while let row = predictions.next {
                if row.time >= boundary {
                    guard !judgement.isJudged, count < Self.mostUnstated else { break }
                    boundary = grid.after(row.time)
                }
                if chunk.isFull {
                    notePredictions(try await send(chunk))
                    chunk = RowChunk(header: predictionFile.header)
                }
                chunk.append(row)
                count += 1
                _ = try predictions.take()
            }
            notePredictions(try await send(chunk))
        }
        notePredictions(rest)
        return boundary
    }

    private mutating func sendLabels(upTo boundary: Time) async throws {
        guard let labelFile else { return }
        // A later label of the same prediction must come later.
        let rest = try await ChunkSender(client: client, target: "\(path)/labels").sending(1) { send in
            var chunk = RowChunk(header: labelFile.header)
            while let row = labels?.next, row.time <= boundary {
                if chunk.isFull {
                    noteLabels(try await send(chunk), from: labelFile.path)
                    chunk = RowChunk(header: labelFile.header)
                }
                chunk.append(row)
                _ = try labels?.take()
            }
            noteLabels(try await send(chunk), from: labelFile.path)
        }
        noteLabels(rest, from: labelFile.path)
    }

    private mutating func notePredictions(_ receipts: [ChunkSender.Receipt]) {
        for (chunk, document) in receipts { predictionTotals.add(document, of: chunk, from: predictionFile.path) }
        show()
    }

    private mutating func noteLabels(_ receipts: [ChunkSender.Receipt], from file: String) {
        for (chunk, document) in receipts { labelTotals.add(document, of: chunk, from: file) }
        show()
    }

    private mutating func show() {
        bar.show(done: predictionTotals.sent + labelTotals.sent, at: reached?.rfc3339 ?? "")
    }

    private mutating func state(_ boundary: Time) async throws {
        let statement: JSONNode = ["to": .string(boundary.rfc3339)]
        _ = try await client.success(of: .json("POST", "\(path)/watermark", statement))
        try await judgement.wait(for: boundary)
        reached = boundary
    }
}
