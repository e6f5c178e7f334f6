import Monitoring
import Statistics
import Testing

@Suite(.enabled(if: SharedFiles.areExpected, "the expected values lie beside the package"))
struct EventTimeTests {
    /// One expected window.
    struct Case: Sendable {
        let start: Time
        let end: Time
        let predictions: Double
        let labels: Double
        let mean: Double?
        let accuracy: Double?
    }

    @Test func `events and labels belong to the expected windows`() throws {
        let file = try SharedFiles.object("expected/event_time_cases.json")
        let (schema, panes) = try folded(file)
        let expected = try #require(file["expected_windows"] as? [[String: Any]])
        for row in expected {
            let window = try Case(row)
            var accumulator = WindowAccumulator(length: window.end - window.start, grid: panes.grid)
            accumulator.slide(to: window.end) { panes[PaneKey(start: $0)] }
            let summary = accumulator.summary(schema: schema, grids: panes.grids, reference: nil)
            #expect(summary.value(of: .predictions) == window.predictions)
            #expect(summary.value(of: .labels) == window.labels)
            #expect(summary.value(of: .mean, column: .feature("x")) == window.mean)
            #expect(isNear(summary.value(of: .accuracy), window.accuracy))
        }
        #expect(expected.count == 5)
    }

    private func isNear(_ value: Double?, _ expected: Double?) -> Bool {
        guard let value, let expected else { return value == nil && expected == nil }
        return abs(value - expected) < 1e-9
    }

    private func folded(_ file: [String: Any]) throws -> (ModelSchema, PaneSet) {
        var change = ModelSchemaChange()
        change.task = .binary
        change.features = [FeatureDeclaration(name: "x", kind: .numeric)]
        change.windows = [WindowSpec(length: .hours(1), step: .minutes(30))]
        let schema = try ModelSchema.creating(from: change)
        var panes = PaneSet(schema: schema, grids: ColumnGrids())
        var records: [ByteText: IdentityRecord] = [:]
        var batch = PredictionBatch()
        var deltas: [OutcomeDelta] = []
        batch.numeric = [[]]
        var classes: [ByteText?] = []
        for row in try #require(file["send_in_this_order"] as? [[String: Any]]) {
            let (id, time) = try (text(row, "prediction_id"), self.time(row, "timestamp"))
            batch.ids.append(id)
            batch.versions.append("")
            batch.times.append(time)
            batch.numeric[0].append(try #require(row["x"] as? Double))
            classes.append(ByteText(String(try #require(row["prediction"] as? Int))))
            _ = records[id, default: IdentityRecord()].record(
                prediction: IdentityRecord.Version(
                    version: "", eventTime: time, digest: ContentDigest(high: 0, low: 0),
                    predicted: .category(try #require(classes.last ?? nil))))
        }
        batch.classPredictions = CategoricalColumn(classes)
        for row in try #require(file["labels_in_this_order"] as? [[String: Any]]) {
            let actual = ByteText(String(try #require(row["actual"] as? Int)))
            let label = IdentityRecord.Label(time: try time(row, "label_timestamp"), actual: .category(actual))
            let decision = records[try text(row, "prediction_id"), default: IdentityRecord()].record(label: label)
            if case .new(let new, _, _) = decision { deltas += new }
        }
        let plan = panes.plan(batch)
        for key in plan.keys { panes.insert(nil, for: key) }
        panes.fold(batch, plan)
        panes.fold(deltas, panes.plan(deltas))
        return (schema, panes)
    }

    private func text(_ row: [String: Any], _ key: String) throws -> ByteText {
        ByteText(try #require(row[key] as? String))
    }

    private func time(_ row: [String: Any], _ key: String) throws -> Time {
        let text = try #require(row[key] as? String)
        return try #require(Time(rfc3339: text))
    }
}

extension EventTimeTests.Case {
    init(_ row: [String: Any]) throws {
        start = try #require(Time(rfc3339: row["start"] as? String ?? ""))
        end = try #require(Time(rfc3339: row["end"] as? String ?? ""))
        predictions = try #require(row["n"] as? Double)
        labels = try #require(row["n_labelled"] as? Double)
        mean = row["mean_x"] as? Double
        accuracy = row["accuracy"] as? Double
    }
}
