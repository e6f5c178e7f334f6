import FalseAlarms
import Monitoring
import Statistics
import Testing

struct WindowVerdictTests {
    private static let judged = Measure.judgedDrift

    private func verdicts(
        _ populations: [Population], _ windows: [Population]? = nil, reference: Int = 2000, window: Int = 500,
        alerting: AlertingSpec = AlertingSpec(control: .uncorrected)
    ) throws -> (SimulatedModel, WindowVerdicts) {
        let model = try SimulatedModel(populations, alerting: alerting)
        var random = SeededNumbers(seed: 17)
        let frozen = model.reference(reference, &random)
        let pane = model.pane(window, windows ?? populations, on: frozen, &random)
        var summary = model.summary(pane, against: frozen)
        summary.laws = KeptLaws()
        return (model, WindowVerdicts(summary))
    }

    @Test(arguments: [0, 1, 19])
    func `a window too small to tell has neither threshold nor verdict`(rows: Int) throws {
        var (model, verdicts) = try verdicts([.normal(mean: 0), .uniform(3)], window: rows)
        for index in 0...1 {
            for measure in Self.judged {
                guard let verdict = verdicts.verdict(measure, column: model.column(index)) else { continue }
                #expect(verdict.threshold == nil && verdict.isDrifted == nil)
                #expect(verdict.gap == .insufficient)
            }
        }
    }

    @Test func `a reference too small to tell has neither as well`() throws {
        var (model, verdicts) = try verdicts([.normal(mean: 0)], reference: 49)
        let (verdict, threshold) = (
            verdicts.verdict(.psi, column: model.column(0)), verdicts.threshold(.ks, column: model.column(0))
        )
        #expect(verdict?.gap == .insufficient)
        #expect(threshold == nil)
    }

    @Test func `without a reference that is the reason`() throws {
        let model = try SimulatedModel([.normal(mean: 0)], alerting: AlertingSpec())
        var verdicts = WindowVerdicts(
            WindowSummary(
                window: Window(end: .epoch, length: .hours(1)), pane: Pane(), schema: model.schema,
                grids: ColumnGrids(), reference: nil))
        let verdict = verdicts.verdict(.ks, column: model.column(0))
        #expect(verdict?.gap == .noReference)
    }

    @Test func `p-values and measures of another kind have no verdict`() throws {
        var (model, verdicts) = try verdicts([.normal(mean: 0), .uniform(3)])
        let asked: [(Measure, ColumnName)] = [
            (.ksPValue, model.column(0)), (.chi2, model.column(0)), (.ks, model.column(1)), (.mean, model.column(0)),
            (.ks, .feature("nothing")),
        ]
        for (measure, column) in asked {
            let verdict = verdicts.verdict(measure, column: column)
            #expect(verdict == nil, "\(measure)")
        }
    }

    @Test(arguments: [Population.fewNumbers(1), .uniform(1), .fewNumbers(2), .zipf(1000)])
    func `every measure of a strange column has a finite threshold or none`(population: Population) throws {
        var (model, verdicts) = try verdicts([population], reference: 300, window: 40)
        for measure in Self.judged {
            guard let verdict = verdicts.verdict(measure, column: model.column(0)) else { continue }
            #expect(verdict.threshold?.isFinite ?? ([.insufficient, .oneValue].contains(verdict.gap)))
            #expect(verdict.isDrifted != true, "\(measure)")
        }
    }

    @Test func `a threshold is never below the smallest effect, and falls with more rows to it`() throws {
        let alerting = AlertingSpec(smallestEffect: [.psi: 0.05, .ks: 0.02], control: .uncorrected)
        var (model, few) = try verdicts([.normal(mean: 0)], window: 100, alerting: alerting)
        var (_, many) = try verdicts([.normal(mean: 0)], window: 20_000, alerting: alerting)
        let (little, much) = (
            few.threshold(.psi, column: model.column(0)), many.threshold(.psi, column: model.column(0))
        )
        #expect(try #require(little) > 0.1)
        #expect(much == 0.05)
        let ks = many.threshold(.ks, column: model.column(0))
        #expect(try #require(ks) > 0.02)
        let verdict = many.verdict(.psi, column: model.column(0))
        #expect(verdict?.isDrifted == false)
    }

    @Test func `a clear change is drift under every control, beside columns that did not change`() throws {
        for control in AlertingSpec.Control.allCases {
            let before = Array(repeating: Population.normal(mean: 0), count: 4)
            let after = [Population.normal(mean: 1)] + before.dropFirst()
            var (model, verdicts) = try verdicts(before, after, alerting: AlertingSpec(control: control))
            for measure in [Measure.ks, .psi, .jsDistance, .wasserstein] {
                let changed = verdicts.verdict(measure, column: model.column(0))
                let quiet = verdicts.verdict(measure, column: model.column(3))
                #expect(changed?.isDrifted == true, "\(control) \(measure)")
                #expect(quiet?.isDrifted == false, "\(control) \(measure)")
            }
        }
    }

    @Test func `under a budget verdicts ask for more than the threshold of a single test`() throws {
        let model = try SimulatedModel(
            [.normal(mean: 0), .uniform(3)], alerting: AlertingSpec(falseAlarmRate: 0.05, control: .budget))
        // Two tests of numeric feature and score each, one of the categorical one.
        let streams = [
            FalseAlertBudget.Stream(windows: 720, stepShare: 1.0 / 24),
            FalseAlertBudget.Stream(windows: 30, stepShare: 1.0 / 7),
        ]
        #expect(model.schema.testLevel() < 1e-3)
        #expect(FalseAlertBudget.alerts(level: model.schema.testLevel(), tests: 5, streams: streams) <= 1)
    }

    @Test func `segments share what the model may falsely tell`() throws {
        let model = try SimulatedModel(
            [.normal(mean: 0), .uniform(3)], alerting: AlertingSpec(falseAlarmRate: 0.05, control: .benjaminiHochberg))
        #expect(model.schema.testLevel() == 0.05)
        #expect(model.schema.testLevel(among: 1) == 0.05)
        #expect(model.schema.testLevel(among: 5) == 0.05 / 8)
        #expect(model.schema.testLevel(among: 1000) == 0.05 / 1024)
        let single = try SimulatedModel(
            [.normal(mean: 0)], alerting: AlertingSpec(falseAlarmRate: 0.05, control: .uncorrected))
        #expect(single.schema.testLevel(among: 1000) == 0.05)
        let budget = try SimulatedModel([.normal(mean: 0)], alerting: AlertingSpec(control: .budget))
        #expect(budget.schema.testLevel(among: 64) < budget.schema.testLevel() / 30)
    }

    @Test(arguments: AlertingSpec.Control.allCases)
    func `a difference that a single segment would tell is not told of one of many`(control: AlertingSpec.Control)
        throws
    {
        let model = try SimulatedModel(
            [.normal(mean: 0)], alerting: AlertingSpec(falseAlarmRate: 0.05, control: control))
        var random = SeededNumbers(seed: 5)
        let frozen = model.reference(2000, &random)
        let column = model.column(0)
        // Shifts that grow until the whole is told, which one of a thousand segments then is not.
        for step in 1...200 {
            let pane = model.pane(500, [.normal(mean: 0.005 * Double(step))], on: frozen, &random)
            var summary = model.summary(pane, against: frozen)
            summary.laws = KeptLaws()
            var (whole, one) = (WindowVerdicts(summary), summary)
            one.segments = 1000
            var segment = WindowVerdicts(one)
            guard whole.verdict(.ks, column: column)?.isDrifted == true else { continue }
            #expect(segment.verdict(.ks, column: column)?.isDrifted == (control == .uncorrected))
            #expect(segment.threshold(.ks, column: column) == whole.threshold(.ks, column: column))
            return
        }
        Issue.record("no shift was told")
    }

    @Test func `verdicts are the same in every order of asking`() throws {
        var (model, first) = try verdicts([.normal(mean: 0), .uniform(3)], alerting: AlertingSpec())
        var (_, second) = try verdicts([.normal(mean: 0), .uniform(3)], alerting: AlertingSpec())
        second.settle()
        for measure in Self.judged.reversed() { _ = second.verdict(measure, column: model.column(1)) }
        for measure in Self.judged {
            let (one, other) = (
                first.verdict(measure, column: model.column(0)), second.verdict(measure, column: model.column(0))
            )
            #expect(one == other)
        }
    }

    @Test(arguments: [Population.normal(mean: 0.2), .fewNumbers(5), .logNormal, .zeroInflated(0.4), .missing(0.3)])
    func `what is kept of a reference changes neither values nor verdicts`(population: Population) throws {
        let model = try SimulatedModel([population], alerting: AlertingSpec(control: .uncorrected))
        var random = SeededNumbers(seed: 23)
        let frozen = model.reference(3000, &random)
        var summary = model.summary(model.pane(700, [population], on: frozen, &random), against: frozen)
        summary.laws = KeptLaws()
        var side = try #require(frozen.side())
        side.noise = ReferenceNoise(frozen.pane, grids: frozen.grids)
        var kept = summary.compared(with: .side(side))
        kept.laws = summary.laws
        let column = model.column(0)
        let (mine, other) = (summary.driftReading(column), kept.driftReading(column))
        var (told, retold) = (WindowVerdicts(summary), WindowVerdicts(kept))
        #expect(mine != nil && kept.reference?.noise != nil)
        for measure in Self.judged {
            let method = model.schema.driftMethod
            #expect(mine?.value(measure, method) == other?.value(measure, method), "\(measure)")
            let (first, second) = (told.verdict(measure, column: column), retold.verdict(measure, column: column))
            #expect(first == second, "\(measure)")
        }
        #expect(mine?.value(.spreadShift, model.schema.driftMethod)?.pValue != nil)
    }
}
