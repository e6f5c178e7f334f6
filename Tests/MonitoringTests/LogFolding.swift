import Monitoring
import Statistics

/// Folds events as a service would: identities decide, panes are loaded, predictions and outcomes are folded.
struct LogFolding {
    let schema: ModelSchema
    var panes: PaneSet
    /// What was saved, by where it was saved.
    private(set) var saved: [PaneKey: UnsavedPane] = [:]
    private var records: [ByteText: IdentityRecord] = [:]
    private var digest: UInt64 = 0
    private let weight: (RandomLog.Row) -> RowWeight

    init(
        schema: ModelSchema, reference: Reference, weight: @escaping (RandomLog.Row) -> RowWeight = { _ in .one }
    ) {
        self.schema = schema
        self.weight = weight
        panes = PaneSet(schema: schema, grids: reference.grids)
    }

    mutating func take(_ events: [RandomLog.Event], watermark: Time? = nil) {
        var rows: [RandomLog.Row] = []
        for event in events { if case .prediction(let row) = event { rows.append(row) } }
        var batch = RandomLog.batch(rows)
        for (place, row) in rows.enumerated() { batch.weights.append(weight(row), ofRow: place) }
        let segments = RowSegments(batch, schema: schema)
        _ = panes.admit(batch, segments: segments)
        var deltas: [OutcomeDelta] = []
        var place = 0
        for event in events {
            switch event {
            case .prediction(let row):
                let names = panes.names
                deltas += take(row, segments: segments.segments(row: place, names: names))
                place += 1
            case .label(let id, let label):
                if case .new(let new, _, _) = records[id, default: IdentityRecord()].record(label: label) {
                    deltas += new
                }
            }
        }
        let names = panes.names
        let plan = panes.plan(batch) { segments.segments(row: $0, names: names) }
        load(plan.keys + panes.plan(deltas).keys)
        panes.fold(batch, plan, watermark: watermark)
        panes.fold(deltas, panes.plan(deltas), watermark: watermark)
    }

    /// All that was folded is saved, and nobody uses it for a long time.
    mutating func rest() {
        panes.confirmSaved(panes.takeDirty().map(\.key))
        for _ in 0..<100 { panes.rest() }
    }

    /// All that was folded is saved, and nothing stays in memory.
    mutating func forget() {
        let unsaved = panes.takeDirty()
        for part in unsaved { saved[part.key] = part }
        panes.confirmSaved(unsaved.map(\.key))
        panes.shed()
    }

    /// Reads panes as they were saved; that of a version is the pooled one where this stands for it.
    mutating func load(_ keys: [PaneKey]) {
        for key in panes.missing(keys) {
            let pooled = saved[PaneKey(start: key.start)]
            let part = pooled?.sole == key.version && key.slice.segment == "" ? pooled : saved[key]
            panes.insert(part?.pane, sole: part?.sole, others: nil, for: key)
        }
    }

    private mutating func take(_ row: RandomLog.Row, segments: [ByteText]) -> [OutcomeDelta] {
        digest += 1
        let version = IdentityRecord.Version(
            version: row.version, eventTime: row.time, digest: ContentDigest(high: digest, low: 0),
            predicted: row.prediction.map(Outcome.category) ?? .none, score: row.score, segments: segments,
            weight: weight(row))
        guard case .new(let deltas) = records[row.id, default: IdentityRecord()].record(prediction: version) else {
            return []
        }
        return deltas
    }
}
