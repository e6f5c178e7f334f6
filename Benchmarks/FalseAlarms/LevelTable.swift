package import Monitoring
import Statistics

/// How often each measure of one column exceeds its threshold.
package struct LevelTable: Sendable {
    /// What happened to one measure.
    package struct Level: Hashable, Sendable {
        /// How many windows got a verdict.
        package var judged = 0
        /// How many of them exceeded their threshold.
        package var above = 0
        /// How many reached it at least: the next attainable level of a discrete measure.
        package var reached = 0
        /// How many got no verdict.
        package var insufficient = 0

        /// The share that exceeded; nil without a verdict.
        package var share: Double? { judged > 0 ? Double(above) / Double(judged) : nil }
        /// The share that reached; nil without a verdict.
        package var nextShare: Double? { judged > 0 ? Double(reached) / Double(judged) : nil }
    }

    /// By measure.
    package private(set) var levels: [Measure: Level] = [:]

    /// Draws references and, for each of them, windows.
    ///
    /// - Parameters:
    ///   - population: what the reference is drawn from.
    ///   - drifted: what windows are drawn from; nil for the same.
    ///   - rate: the stated false-alarm rate.
    ///   - measures: which measures are judged.
    package init(
        _ population: Population, drifted: Population? = nil, reference: Int, window: Int, references: Int,
        windows: Int, rate: Double, seed: UInt64, measures: [Measure] = Measure.judgedDrift
    ) throws {
        let alerting = AlertingSpec(falseAlarmRate: rate, smallestEffect: [.psi: 0, .ks: 0], control: .uncorrected)
        let model = try SimulatedModel([population], alerting: alerting)
        var random = SeededNumbers(seed: seed)
        let column = model.column(0)
        let laws = KeptLaws()
        for _ in 0..<references {
            let frozen = model.reference(reference, &random)
            for _ in 0..<windows {
                let pane = model.pane(window, [drifted ?? population], on: frozen, &random)
                var summary = model.summary(pane, against: frozen)
                summary.laws = laws
                var verdicts = WindowVerdicts(summary)
                for measure in measures {
                    guard let verdict = verdicts.verdict(measure, column: column) else { continue }
                    add(verdict, summary.drift(measure, column: column)?.value, to: measure)
                }
            }
        }
    }

    private mutating func add(_ verdict: Verdict, _ value: Double?, to measure: Measure) {
        guard let isDrifted = verdict.isDrifted, let threshold = verdict.threshold, let value else {
            levels[measure, default: Level()].insufficient += 1
            return
        }
        levels[measure, default: Level()].judged += 1
        if isDrifted { levels[measure, default: Level()].above += 1 }
        if value >= threshold * (1 - 1e-6) { levels[measure, default: Level()].reached += 1 }
    }
}
