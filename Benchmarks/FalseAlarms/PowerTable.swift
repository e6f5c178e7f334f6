package import Monitoring
import Statistics

/// How often a change is seen: by each measure's threshold, by SciPy's test on the same rows, and by the fixed limits of
/// other tools.
///
/// SciPy's test is `ks_2samp(method="asymp")` of numbers and `chi2_contingency` of categories.
package struct PowerTable: Sendable {
    /// How many windows there were.
    package private(set) var trials = 0
    /// In how many of them SciPy's p-value was at most the rate.
    package private(set) var raw = 0
    /// In how many of them a measure exceeded its threshold.
    package private(set) var seen: [Measure: Int] = [:]
    /// In how many of them another tool's limit was reached.
    package private(set) var reached: [FixedLimit: Int] = [:]

    private let measures: [Measure]

    /// Draws references and, for each of them, windows of a population that may differ.
    package init(
        _ population: Population, drifted: Population, reference: Int, window: Int, references: Int, windows: Int,
        rate: Double, seed: UInt64, measures: [Measure] = Measure.judgedDrift
    ) throws {
        self.measures = measures
        let alerting = AlertingSpec(falseAlarmRate: rate, smallestEffect: [.psi: 0, .ks: 0], control: .uncorrected)
        let model = try SimulatedModel([population], alerting: alerting)
        var random = SeededNumbers(seed: seed)
        let laws = KeptLaws()
        for _ in 0..<references {
            let first = population.isNumeric ? population.numbers(reference, &random) : []
            let frozen = population.isNumeric ? model.reference(of: first) : model.reference(reference, &random)
            let sorted = first.sorted()
            let chunks = FixedLimit.chunkLimit(first, window, model, frozen)
            for _ in 0..<windows {
                let second = drifted.isNumeric ? drifted.numbers(window, &random) : []
                let pane =
                    drifted.isNumeric
                    ? model.pane(of: second, on: frozen) : model.pane(window, [drifted], on: frozen, &random)
                var summary = model.summary(pane, against: frozen)
                summary.laws = laws
                count(summary, model.column(0), chunks)
                let p =
                    population.isNumeric
                    ? KolmogorovSmirnov.pValue(Self.gap(sorted, second.sorted()), reference, window)
                    : summary.drift(.chi2, column: model.column(0))?.pValue
                if let p, p <= rate { raw += 1 }
            }
        }
    }

    private mutating func count(_ summary: WindowSummary, _ column: ColumnName, _ chunks: Double?) {
        trials += 1
        var verdicts = WindowVerdicts(summary)
        verdicts.settle()
        for measure in measures where verdicts.verdict(measure, column: column)?.isDrifted == true {
            seen[measure, default: 0] += 1
        }
        for limit in FixedLimit.allCases where limit.isReached(summary, column, chunks) {
            reached[limit, default: 0] += 1
        }
    }

    /// The largest gap between two distribution functions, row by row.
    private static func gap(_ left: [Double], _ right: [Double]) -> Double {
        var (i, j, widest) = (0, 0, 0.0)
        while i < left.count, j < right.count {
            if left[i] <= right[j] { i += 1 } else { j += 1 }
            widest = max(widest, (Double(i) / Double(left.count) - Double(j) / Double(right.count)).magnitude)
        }
        return widest
    }
}
