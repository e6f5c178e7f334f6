package import Monitoring
package import Statistics

/// A month of windows without drift of one model under a budget, and the alerts that it raised.
package struct BudgetRun: Sendable {
    /// Runs of consecutive windows with a verdict of drift, by measure, over all columns and windows.
    package private(set) var alerts: [Measure: Int] = [:]
    /// Runs of either primary measure of a column: what the budget promises.
    package private(set) var primary = 0
    /// The level of single tests.
    package let level: Double

    /// The measures that the budget counts.
    package static let primaryMeasures: [Measure] = [.ks, .psi]

    /// Draws a reference and `days` of hours after the longest window has filled.
    package init(
        _ model: SimulatedModel, laws: some NullLawSource, reference: Int, rowsAnHour: Int, days: Int,
        random: inout SeededNumbers
    ) {
        level = model.schema.testLevel()
        let frozen = model.reference(reference, &random)
        let longest = model.schema.windows.map { Int($0.length.microseconds / 3_600_000_000) }.max() ?? 0
        var hours: [Pane] = []
        var totals = model.schema.windows.map { _ in Pane() }
        var wasDrifted: Set<Stream> = []
        var thresholds: [Stream: Double] = [:]
        for hour in 0..<(longest + days * 24) {
            hours.append(model.pane(rowsAnHour, model.populations, on: frozen, &random))
            for (index, window) in model.schema.windows.enumerated() {
                let length = Int(window.length.microseconds / 3_600_000_000)
                totals[index].merge(hours[hour])
                if hour >= length { totals[index].subtract(hours[hour - length]) }
                let step = Int(window.step.microseconds / 3_600_000_000)
                guard hour + 1 >= longest, (hour + 1) % step == 0 else { continue }
                var summary = model.summary(totals[index], length: window.length, against: frozen)
                summary.laws = laws
                judge(summary, index, model, counts: hour + 1 > longest, &wasDrifted, &thresholds)
            }
        }
    }

    private struct Stream: Hashable {
        let window: Int
        let column: Int
        let measure: Measure
    }

    /// A value that is not above the threshold of the single test cannot be drift under a budget whose level is lower: verdicts
    /// are asked for where it is. All windows of one length have as many rows, and numbers so the same threshold.
    private mutating func judge(
        _ summary: WindowSummary, _ window: Int, _ model: SimulatedModel, counts: Bool,
        _ wasDrifted: inout Set<Stream>, _ thresholds: inout [Stream: Double]
    ) {
        var verdicts = WindowVerdicts(summary)
        for column in model.populations.indices {
            for measure in Self.primaryMeasures {
                let stream = Stream(window: window, column: column, measure: measure)
                var isDrifted = false
                if let threshold = thresholds[stream] {
                    let value = summary.drift(measure, column: model.column(column))?.value ?? 0
                    isDrifted =
                        value > threshold * 0.99
                        && verdicts.verdict(measure, column: model.column(column))?.isDrifted ?? false
                } else {
                    let verdict = verdicts.verdict(measure, column: model.column(column))
                    isDrifted = verdict?.isDrifted ?? false
                    if level < model.schema.alerting.falseAlarmRate, model.populations[column].isNumeric {
                        thresholds[stream] = verdict?.threshold
                    }
                }
                if isDrifted, !wasDrifted.contains(stream), counts {
                    alerts[measure, default: 0] += 1
                    primary += 1
                }
                if isDrifted { wasDrifted.insert(stream) } else { wasDrifted.remove(stream) }
            }
        }
    }
}
