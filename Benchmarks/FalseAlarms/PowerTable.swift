package import Monitoring
import Statistics

/// How often a shift of a normal column is seen: by each measure's threshold, and by SciPy's two-sample Kolmogorov-Smirnov test
/// (`method="asymp"`) on the same rows.
package struct PowerTable: Sendable {
    /// How many windows there were.
    package private(set) var trials = 0
    /// In how many of them SciPy's p-value was at most the rate.
    package private(set) var raw = 0
    /// In how many of them a measure exceeded its threshold.
    package private(set) var seen: [Measure: Int] = [:]

    /// Draws references and, for each of them, windows.
    package init(
        shift: Double, reference: Int, window: Int, references: Int, windows: Int, rate: Double, seed: UInt64
    ) throws {
        let alerting = AlertingSpec(falseAlarmRate: rate, smallestEffect: [.psi: 0, .ks: 0], control: .uncorrected)
        let model = try SimulatedModel([.normal(mean: 0)], alerting: alerting)
        var random = SeededNumbers(seed: seed)
        let laws = KeptLaws()
        for _ in 0..<references {
            let first = Population.normal(mean: 0).numbers(reference, &random)
            let frozen = model.reference(of: first)
            let sorted = first.sorted()
            for _ in 0..<windows {
                let second = Population.normal(mean: shift).numbers(window, &random)
                var summary = model.summary(model.pane(of: second, on: frozen), against: frozen)
                summary.laws = laws
                var verdicts = WindowVerdicts(summary)
                trials += 1
                for measure in Measure.judgedDrift {
                    let isSeen = verdicts.verdict(measure, column: model.column(0))?.isDrifted
                    if isSeen == true { seen[measure, default: 0] += 1 }
                }
                let p = KolmogorovSmirnov.pValue(Self.gap(sorted, second.sorted()), reference, window)
                if let p, p <= rate { raw += 1 }
            }
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
