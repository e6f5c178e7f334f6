package import Monitoring
import Statistics

/// References of one population and windows of several sizes, judged by the code that serves.
package struct LevelTrial: Sendable {
    /// How many windows of a size are drawn.
    package struct Plan: Hashable, Sendable {
        package let window: Int
        /// From how many references.
        package let references: Int
        /// How many for each of them.
        package let windows: Int

        package init(window: Int, references: Int, windows: Int) {
            self.window = window
            self.references = references
            self.windows = windows
        }
    }

    private let population: Population
    private let drifted: Population
    private let reference: Int
    private let rate: Double
    private let seed: UInt64
    private let measures: [Measure]

    /// References of so many rows of a population, and windows of the same or of a drifted one, at a stated rate.
    package init(
        population: Population, drifted: Population? = nil, reference: Int, rate: Double, seed: UInt64,
        measures: [Measure] = Measure.judgedDrift
    ) {
        self.population = population
        self.drifted = drifted ?? population
        self.reference = reference
        self.rate = rate
        self.seed = seed
        self.measures = measures
    }

    /// What happened, for each plan; the first references of all plans are the same.
    ///
    /// - Throws: A refusal of the model, which does not happen.
    package func tables(_ plans: [Plan]) throws -> [LevelTable] {
        let alerting = AlertingSpec(falseAlarmRate: rate, smallestEffect: [.psi: 0, .ks: 0], control: .uncorrected)
        let model = try SimulatedModel([population], alerting: alerting)
        let laws = KeptLaws()
        var random = SeededNumbers(seed: seed)
        var tables = plans.map { _ in LevelTable() }
        for number in 0..<(plans.map(\.references).max() ?? 0) {
            let frozen = model.reference(reference, &random)
            for (index, plan) in plans.enumerated() where number < plan.references {
                var found: [Measure: Level] = [:]
                for _ in 0..<plan.windows {
                    var summary = model.summary(
                        model.pane(plan.window, [drifted], on: frozen, &random), against: frozen)
                    summary.laws = laws
                    judge(summary, model.column(0), into: &found)
                }
                tables[index].add(found)
            }
        }
        return tables
    }

    private func judge(_ summary: WindowSummary, _ column: ColumnName, into found: inout [Measure: Level]) {
        var verdicts = WindowVerdicts(summary)
        verdicts.settle()
        for measure in measures {
            guard let verdict = verdicts.verdict(measure, column: column) else { continue }
            let drift = verdicts.reading(column)?.value(measure, summary.schema.driftMethod)
            guard let isDrifted = verdict.isDrifted, let threshold = verdict.threshold,
                let value = drift?.value ?? summary.value(of: measure, column: column)
            else {
                found[measure, default: Level()].addInsufficient()
                continue
            }
            let bound = measure == .wasserstein || measure == .energy ? drift?.errorBound ?? 0 : 0
            found[measure, default: Level()].add(
                value.magnitude, threshold: threshold, bound: bound, isDrifted: isDrifted)
        }
    }
}
