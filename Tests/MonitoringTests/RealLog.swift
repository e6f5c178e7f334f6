import Foundation
import Monitoring
import Statistics
import Testing

/// One of the real logs, folded as a service would fold it.
struct RealLog {
    let schema: ModelSchema
    let reference: Reference
    let panes: PaneSet
    let expected: [String: Any]

    init(_ name: String) throws {
        let settings = try SharedFiles.object("data/\(name)/schema.json")
        let (numeric, categorical) = (
            settings["numeric"] as? [String] ?? [], settings["categorical"] as? [String] ?? []
        )
        var change = ModelSchemaChange()
        change.task = ModelSchema.Task(rawValue: settings["task"] as? String ?? "")
        change.features =
            numeric.map { FeatureDeclaration(name: ByteText($0), kind: .numeric) }
            + categorical.map { FeatureDeclaration(name: ByteText($0), kind: .categorical) }
        if change.task == .binary { change.positiveClass = "1" }
        change.windows = [WindowSpec(length: .days(7), step: .days(1))]
        change.gridPoints = 65_536
        schema = try ModelSchema.creating(from: change)
        let rows = LogTable(try SharedFiles.table("data/\(name)/reference.csv"), schema: schema)
        reference = Reference.freezing(
            ReferenceRows(rows.batch, actuals: rows.actuals, schema: schema), schema: schema)
        let predictions = LogTable(try SharedFiles.table("data/\(name)/predictions.csv"), schema: schema)
        let labels = LogTable(try SharedFiles.table("data/\(name)/labels.csv"), schema: schema)
        panes = Self.folded(predictions, labels, schema, reference)
        expected = try SharedFiles.object("expected/windows_\(name).json")
    }

    private static func folded(
        _ predictions: LogTable, _ labels: LogTable, _ schema: ModelSchema, _ reference: Reference
    ) -> PaneSet {
        var panes = PaneSet(schema: schema, grids: reference.grids)
        let batch = predictions.batch
        _ = panes.admit(batch, segments: RowSegments(batch, schema: schema))
        let plan = panes.plan(batch)
        for key in panes.missing(plan.keys) { panes.insert(nil, for: key) }
        panes.fold(batch, plan)
        var records: [ByteText: IdentityRecord] = [:]
        for row in 0..<batch.count {
            let number = batch.predictedNumber(row: row)
            let predicted =
                batch.predictedClass(row: row).map(Outcome.category)
                ?? (number.isNaN ? .none : .number(number))
            _ = records[batch.ids[row], default: IdentityRecord()].record(
                prediction: IdentityRecord.Version(
                    version: "", eventTime: batch.times[row], digest: ContentDigest(high: 0, low: 0),
                    predicted: predicted,
                    score: batch.score(row: row)))
        }
        var deltas: [OutcomeDelta] = []
        for row in 0..<labels.batch.count {
            let label = IdentityRecord.Label(time: labels.batch.times[row], actual: labels.actuals[row])
            if case .new(let new, _, _)? = records[labels.batch.ids[row]]?.record(label: label) { deltas += new }
        }
        panes.fold(deltas, panes.plan(deltas))
        return panes
    }

    /// The ends of the expected windows.
    func ends() throws -> [Time] {
        let windows = try #require(expected["windows"] as? [String: Any])
        return try #require(windows["end"] as? [String]).compactMap { Time(rfc3339: $0) }
    }

    /// An expected series by its path; null is nil.
    func series(_ path: String...) throws -> [Double?] {
        var node: Any = expected
        for part in path { node = try #require((node as? [String: Any])?[part]) }
        return try #require(node as? [Any]).map { $0 as? Double }
    }

    /// The values of a measure at every `stride`-th expected end.
    func values(
        _ measure: Measure, _ column: ColumnName? = nil, method: DriftMethod? = nil, knownAtEnd: Bool = false,
        stride: Int = 1
    ) throws -> [Double?] {
        let columns = ColumnSelection(measure: measure, column: column, knownAtEnd: knownAtEnd)
        return try each(columns, stride: stride) { $0.value(of: measure, column: column, method: method) }
    }

    /// The windows at every `stride`-th expected end, with one column.
    func summaries(_ column: ColumnName, stride: Int) throws -> [WindowSummary?] {
        try each(ColumnSelection(columns: [column], outcomes: .none), stride: stride) { $0 }
    }

    private func each<Value>(
        _ columns: ColumnSelection, stride: Int, _ body: (WindowSummary) -> Value?
    ) throws -> [Value?] {
        var window = WindowAccumulator(length: .days(7), grid: panes.grid, columns: columns)
        let side = reference.side()
        return try ends().enumerated().map { place, end in
            window.slide(to: end) { panes[PaneKey(start: $0)] }
            guard place % stride == 0 else { return nil }
            return body(window.summary(schema: schema, grids: panes.grids, reference: side))
        }
    }
}
