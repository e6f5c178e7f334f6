import Monitoring
import Statistics
import Testing

struct WindowSummaryTests {
    private static let columns: [ColumnName?] = [nil, .score, .prediction, .feature("amount"), .feature("country")]

    private func empty() throws -> WindowSummary {
        let log = try RandomLog(seed: 1)
        return WindowSummary(
            window: Window(end: .epoch, length: .hours(4)), pane: Pane(), schema: log.schema,
            grids: log.reference.grids,
            reference: log.reference.side())
    }

    @Test(arguments: Measure.allCases)
    func `in an empty window counts are 0 and all else is undefined`(measure: Measure) throws {
        let column = measure == .unseen || measure == .unseenRatio ? "country" : "amount"
        let value = try empty().value(of: measure, column: .feature(ByteText(column)))
        #expect(value == (measure.isCount ? 0 : nil))
    }

    @Test func `a column that the model does not have has no values`() throws {
        let summary = try empty()
        for measure in Measure.allCases where measure.scope.isPerFeature {
            #expect(summary.value(of: measure, column: .feature("nothing")) == nil)
            #expect(summary.value(of: measure) == nil)
        }
    }

    @Test func `measures belong to kinds of columns`() throws {
        let log = try RandomLog(seed: 2)
        let panes = log.folded(log.events, sizes: [60])
        var window = WindowAccumulator(length: .hours(24), grid: panes.grid)
        window.slide(to: .epoch + .hours(24)) { panes[PaneKey(start: $0)] }
        let summary = window.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
        let numeric: [Measure] = [.ks, .wasserstein, .ksPValue]
        let categorical: [Measure] = [.chi2, .chi2PValue, .lInfinity, .unseen]
        for measure in numeric {
            #expect(summary.value(of: measure, column: .feature("country")) == nil)
        }
        for measure in categorical {
            #expect(summary.value(of: measure, column: .feature("amount")) == nil)
            #expect(summary.value(of: measure, column: .feature("country")) != nil)
        }
        #expect(summary.value(of: .ks, column: .score) != nil)
        #expect(summary.value(of: .psi, column: .prediction) != nil)
        #expect(summary.drift(.psi, column: .score)?.method == "decile-right/half")
        #expect(summary.drift(.jsDistance, column: .score)?.method == "decile-right/base2")
        #expect(summary.drift(.psi, column: .prediction)?.method == "half")
        #expect(summary.bins(.score)?.bins.reduce(0) { $0 + $1.window } == summary.numeric(.score).count)
        #expect(summary.categoryTable(.feature("country"))?.unseen == summary.unseen(.feature("country")))
        #expect(summary.numericReading(.score).quantiles(at: [0, 1])?.map(\.value) == [0, 1])
    }

    @Test func `unseen categories are those that the reference does not have`() throws {
        let log = try RandomLog(seed: 2)
        let panes = log.folded(log.events, sizes: [60])
        var window = WindowAccumulator(length: .hours(24), grid: panes.grid)
        window.slide(to: .epoch + .hours(24)) { panes[PaneKey(start: $0)] }
        let summary = window.summary(schema: log.schema, grids: panes.grids, reference: log.reference.side())
        var unseen = 0
        for event in log.events {
            if case .prediction(let row) = event, row.country == "XX" { unseen += 1 }
        }
        #expect(summary.unseen(.feature("country")) == unseen)
        let alone = window.summary(schema: log.schema, grids: panes.grids, reference: nil)
        #expect(alone.value(of: .unseen, column: .feature("country")) == nil)
        #expect(
            alone.value(of: .mean, column: .feature("amount")) == summary.value(of: .mean, column: .feature("amount")))
    }

    @Test(arguments: [
        ("decile-left/floor1e-4", Measure.psi, FeatureKind.numeric, true), ("half", .psi, .numeric, false),
        ("half", .psi, .categorical, true), ("decile-left/half", .psi, .categorical, false),
        ("decile-left/base2", .jsDistance, .numeric, true), ("base2", .jsDistance, .categorical, true),
        ("decile-left", .hellinger, .numeric, true), ("decile-left", .ks, .numeric, false),
        ("decile-right", .totalVariation, .numeric, true), ("", .psi, .numeric, false),
    ])
    func `a method is read for the measure that has it`(
        text: String, measure: Measure, kind: FeatureKind, isValid: Bool
    ) {
        let standard = DriftMethod(closing: .right, zeroPolicy: .half)
        let method = DriftMethod(text, measure: measure, kind: kind, standard: standard)
        #expect((method != nil) == isValid)
        #expect(method?.text(measure: measure, kind: kind) == (isValid ? text : nil))
    }

    @Test func `every drift measure of Statistics has a name here`() {
        for measure in DriftMeasure.allCases { #expect(Measure(rawValue: measure.rawValue)?.drift == measure) }
        #expect(
            Set(Measure.allCases.filter { $0.scope == .drift }.compactMap(\.drift)).count == DriftMeasure.allCases.count
        )
    }
}
