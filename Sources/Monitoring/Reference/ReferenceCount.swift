import Statistics

/// Counts the rows of a reference on grids: all of them, and those of each segment.
struct ReferenceCount {
    private let rows: ReferenceRows
    private let batch: PredictionBatch
    private let rowSegments: RowSegments
    private let layout: ColumnLayout
    private let grids: ColumnGrids
    private let rules: OutcomeRules
    private var names = SliceNames()

    /// How many rows are taken at once, so that their outcomes need little memory.
    private static let chunk = 65_536

    init(_ rows: ReferenceRows, schema: ModelSchema, grids: ColumnGrids) {
        self.rows = rows
        let plain = rows.batch(schema: schema)
        batch = plain.deriving(ColumnLayout(schema), by: grids.projections)
        rowSegments = RowSegments(batch, schema: schema)
        layout = ColumnLayout(schema)
        self.grids = grids
        rules = OutcomeRules(schema, residualScale: grids.residualScale)
        for text in rowSegments.texts { _ = names.admit(segment: text) }
    }

    /// The summaries of all rows and of each segment's.
    ///
    /// - Complexity: O(rows x columns x segments of a row).
    func run() -> (pane: Pane, segments: [ByteText: Pane]) {
        var scratch = FoldScratch()
        var pane = Pane()
        var segments: [ByteText: Pane] = [:]
        for start in stride(from: 0, to: rows.count, by: Self.chunk) {
            let chunk = (start..<min(start + Self.chunk, rows.count)).map { Int32(clamping: $0) }
            fold(chunk, into: &pane, &scratch)
            var groups: [ByteText: [Int32]] = [:]
            for row in chunk {
                for segment in rowSegments.segments(row: Int(row), names: names) {
                    groups[segment, default: []].append(row)
                }
            }
            for (segment, rows) in groups { fold(rows, into: &segments[segment, default: Pane()], &scratch) }
        }
        return (pane, segments)
    }

    private func fold(_ chunk: [Int32], into pane: inout Pane, _ scratch: inout FoldScratch) {
        pane.fold(batch, rows: chunk, layout: layout, grids: grids, scratch: &scratch)
        let deltas = chunk.compactMap { delta(row: Int($0)) }
        pane.fold(deltas, paneEnd: .epoch, grid: PaneGrid(width: .days(1)), rules: rules)
        // A reference is compared with as it is, never as it was.
        pane.outcomes.known = [:]
        pane.weights.forgetKnown()
        pane.outcomes.lags = LabelLags()
    }

    private func delta(row: Int) -> OutcomeDelta? {
        let actual = rows.actual(row: row)
        if case .none = actual { return nil }
        let ranking = batch.ranking(row: row)
        return OutcomeDelta(
            eventTime: .epoch, version: "", segments: [], predicted: batch.predicted(row: row),
            score: batch.score(row: row), actual: actual, knownAt: .epoch, sign: 1, isReplacement: false,
            weight: batch.weight(row: row), actualRank: ranking?.rank(of: actual),
            actualProbability: ranking?.probability(of: actual),
            squaredDistance: ranking?.squaredDistance(of: actual), ranking: ranking)
    }
}
