package import Monitoring
import Statistics

/// How often each measure of one column exceeds its threshold.
package struct LevelTable: Sendable {
    /// By measure.
    package private(set) var levels: [Measure: Level] = [:]

    init() {}

    /// Draws references of a population and, for each of them, windows of one size, from the same or from a drifted one.
    ///
    /// - Throws: A refusal of the model, which does not happen.
    package init(
        _ population: Population, drifted: Population? = nil, reference: Int, window: Int, references: Int,
        windows: Int, rate: Double, seed: UInt64, measures: [Measure] = Measure.judgedDrift
    ) throws {
        let trial = LevelTrial(
            population: population, drifted: drifted, reference: reference, rate: rate, seed: seed, measures: measures)
        self =
            try trial.tables([LevelTrial.Plan(window: window, references: references, windows: windows)]).first
            ?? Self()
    }

    /// Adds what happened to the windows of one reference.
    mutating func add(_ found: [Measure: Level]) {
        for (measure, level) in found { levels[measure, default: Level()].add(reference: level) }
    }
}
