import Monitoring
import Statistics
import Testing

struct ReferenceTests {
    private func rows() -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = 40
        rows.numeric["amount"] = (0..<40).map { $0 == 7 ? .nan : Double($0) }
        rows.categorical["country"] = CategoricalColumn((0..<40).map { ["DE", "FR"][$0 % 2] })
        rows.categorical["device"] = CategoricalColumn((0..<40).map { $0 < 10 ? nil : "web" })
        rows.scores = (0..<40).map { Double($0) / 40 }
        rows.classPredictions = CategoricalColumn((0..<40).map { $0 >= 20 ? "1" : "0" })
        rows.actualClasses = CategoricalColumn((0..<40).map { $0 < 4 ? nil : ($0 >= 24 ? "1" : "0") })
        return rows
    }

    private func summary(_ pane: Pane, _ reference: Reference, _ side: ReferenceSide?) throws -> WindowSummary {
        WindowSummary(
            window: Window(end: .epoch, length: .hours(1)), pane: pane, schema: try RandomLog.schema(),
            grids: reference.grids, reference: side)
    }

    @Test func `a reference does not drift from itself`() throws {
        let reference = Reference.freezing(rows(), schema: try RandomLog.schema())
        let same = try summary(reference.pane, reference, reference.side())
        let amount = ColumnName.feature("amount")
        for measure in [Measure.ks, .psi, .jsDistance, .hellinger, .totalVariation, .wasserstein] {
            #expect(same.value(of: measure, column: amount) == 0)
        }
        #expect(same.value(of: .ksPValue, column: amount) == 1)
        for measure in [Measure.chi2, .psi, .jsDistance, .lInfinity, .unseen, .unseenRatio] {
            #expect(same.value(of: measure, column: .feature("country")) == 0)
        }
        #expect(reference.count == 40)
    }

    @Test func `values of the wrong type are counted in their columns, from rows and from the log`() throws {
        var change = ModelSchemaChange()
        change.features = [
            FeatureDeclaration(name: "n", kind: .numeric), FeatureDeclaration(name: "c", kind: .categorical),
            FeatureDeclaration(name: "t", kind: .text), FeatureDeclaration(name: "v", kind: .embedding, dimension: 2),
        ]
        change.task = .unlabelled
        let schema = try ModelSchema.creating(from: change)
        var rows = ReferenceRows()
        rows.count = 5
        rows.numeric["n"] = [1, .nan, 3, .nan, .nan]
        rows.typeErrors = ["n": [1, 3], "c": [0, 1, 2], "t": [4], "v": [0, 4]]
        let batch = rows.batch(schema: schema)
        for rows in [rows, ReferenceRows(batch, actuals: [], schema: schema)] {
            let pane = Reference.freezing(rows, schema: schema).pane
            #expect(pane.numeric[.feature("n")]?.typeErrors == 2)
            #expect(pane.categorical[.feature("c")]?.typeErrors == 3)
            #expect(pane.numeric[.derived("t", .length)]?.typeErrors == 1)
            #expect(pane.numeric[.derived("v", .norm)]?.typeErrors == 2)
            #expect(pane.contradictions(timeless: true).isEmpty)
        }
    }

    @Test func `it knows its own values`() throws {
        let reference = Reference.freezing(rows(), schema: try RandomLog.schema())
        let summary = try summary(Pane(), reference, reference.side())
        #expect(summary.referenceValue(of: .accuracy) == 32.0 / 36)
        #expect(summary.referenceValue(of: .mean, column: .feature("amount")) == (780.0 - 7) / 39)
        #expect(summary.referenceValue(of: .missingRatio, column: .feature("device")) == 0.25)
        #expect(summary.referenceValue(of: .rocAUC) == 1)
        #expect(summary.referenceValue(of: .ks, column: .feature("amount")) == nil)
        #expect(summary.referenceValue(of: .predictions) == nil)
        #expect(summary.referenceValue(of: .mean, column: .feature("nothing")) == nil)
    }

    @Test func `a segment is compared with the same segment`() throws {
        let reference = Reference.freezing(rows(), schema: try RandomLog.schema())
        #expect(reference.side(for: Slice(segment: "country=DE"))?.count == 20)
        #expect(reference.side(for: Slice(segment: "country=FR,device=web"))?.count == 15)
        #expect(reference.side(for: Slice(segment: "country=XX")) == nil)
        #expect(reference.side(for: Slice(version: "3"))?.count == 40)
        #expect(reference.segments.values.allSatisfy { $0.contradictions(timeless: true).isEmpty })
    }

    @Test func `a second reference is counted on the grids of the first`() throws {
        let schema = try RandomLog.schema()
        let first = Reference.freezing(rows(), schema: schema)
        var other = rows()
        other.numeric["amount"] = Array(repeating: 100, count: 40)
        let second = Reference.counting(other, on: first.grids, schema: schema, name: "recent", version: 2)
        #expect(second.grids == first.grids)
        let summary = try summary(first.pane, second, second.side())
        #expect(summary.value(of: .ks, column: .feature("amount")) == 1)
        #expect(summary.reference?.version == 2)
    }

    @Test func `bytes read back as the same reference`() throws {
        let reference = Reference.freezing(
            rows(), schema: try RandomLog.schema(), version: 3, effectiveFrom: Time(microseconds: -5))
        let bytes = reference.encoded()
        let read = try Reference(decoding: bytes)
        #expect(read.encoded() == bytes)
        #expect(read.grids == reference.grids)
        #expect(read.version == 3)
        #expect(read.effectiveFrom == Time(microseconds: -5))
        for position in stride(from: 0, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[position] ^= 1
            #expect(throws: CodecError.self) { try Reference(decoding: damaged) }
        }
    }

    @Test(arguments: 0..<100)
    func `content that no writer wrote never traps`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let bytes = Reference.freezing(rows(), schema: try RandomLog.schema()).encoded()
        var writer = SummaryWriter()
        for byte in bytes.dropFirst(6).dropLast(8) {
            writer.write(
                u8: Int.random(in: 0..<60, using: &random) == 0 ? UInt8.random(in: .min ... .max, using: &random) : byte
            )
        }
        let sealed = SummaryCodec.sealed(writer, kind: 33)
        let read = Result { () throws(CodecError) in try Reference(decoding: sealed) }
        if case .success(let reference) = read { #expect(!reference.encoded().isEmpty) }
    }

    @Test func `logged rows become reference rows`() throws {
        let schema = try RandomLog.schema()
        var batch = PredictionBatch()
        batch.ids = ["a", "b"]
        batch.versions = ["", ""]
        batch.times = [.epoch, .epoch]
        batch.numeric = [[1, 2]]
        batch.categorical = [CategoricalColumn(["DE", nil]), CategoricalColumn([nil, "web"])]
        batch.scores = [0.2, 0.9]
        let rows = ReferenceRows(batch, actuals: [.category("0"), .category("1")], schema: schema)
        let reference = Reference.freezing(rows, schema: schema)
        #expect(reference.pane.predictions == 2)
        #expect(reference.pane.numeric[.feature("amount")]?.moments.mean == 1.5)
        #expect(reference.pane.outcomes.counts.confusion.accuracy == 1)
    }

    @Test func `a reference without rows has nothing to compare with`() throws {
        let reference = Reference.freezing(ReferenceRows(), schema: try RandomLog.schema())
        #expect(reference.count == 0)
        let log = try RandomLog(seed: 1)
        var panes = log.folded(log.events, sizes: [60])
        let pane = try #require(panes.takeDirty().first).pane
        let summary = WindowSummary(
            window: Window(end: .epoch, length: .hours(1)), pane: pane, schema: log.schema, grids: ColumnGrids(),
            reference: reference.side())
        #expect(summary.value(of: .ks, column: .feature("amount")) == nil)
        #expect(summary.value(of: .psi, column: .feature("country")) == nil)
    }
}
