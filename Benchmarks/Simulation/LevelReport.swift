import FalseAlarms
import Monitoring
import Statistics

/// The table of false alarms at a stated 5 %.
struct LevelReport {
    let isLong: Bool
    /// What the names of populations begin with; nil for all.
    let only: String?

    private static let populations: [Population] = [
        .normal(mean: 0), .student, .logNormal, .fewNumbers(5), .fewNumbers(2), .zeroInflated(0.7), .zeroInflated(0.98),
        .uniform(2), .uniform(5), .uniform(10), .uniform(20), .uniform(50), .zipf(50), .rare,
    ]

    private var sizes: (references: [Int], windows: [Int]) {
        isLong
            ? ([1000, 10_000, 100_000], [50, 100, 300, 1000, 10_000, 100_000])
            : ([1000, 10_000], [50, 137, 1000])
    }

    func write() throws {
        print("False alarms in % at a stated 5 %; [next attainable level] where below 3 %")
        for population in Self.populations where population.name.utf8.starts(with: (only ?? "").utf8) {
            for reference in sizes.references {
                for window in sizes.windows { print(try line(population, reference, window)) }
            }
        }
    }

    private func line(_ population: Population, _ reference: Int, _ window: Int) throws -> String {
        let table = try LevelTable(
            population, reference: reference, window: window, references: isLong ? 200 : 100, windows: 10, rate: 0.05,
            seed: UInt64(reference * 31 + window))
        let cells = Measure.allCases.compactMap { measure in
            table.levels[measure].map { "\(measure.rawValue) \(Self.text($0))" }
        }
        return "\(population.name) | \(reference) | \(window) | " + cells.joined(separator: " | ")
    }

    private static func text(_ level: LevelTable.Level) -> String {
        guard let share = level.share, let next = level.nextShare else { return "insufficient" }
        let text = percent(share)
        return share < 0.03 ? "\(text) [\(percent(next))]" : text
    }

    static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10)" }
}
