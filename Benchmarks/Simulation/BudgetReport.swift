import FalseAlarms
import Monitoring
import Statistics

/// False alerts of a model in a month under "one false alert in 30 days".
struct BudgetReport {
    let months: Int

    func write() throws {
        let numeric =
            Array(repeating: Population.normal(mean: 0), count: 12) + [.student, .logNormal, .zeroInflated(0.7)]
        let categorical: [Population] = [.uniform(2), .uniform(5), .uniform(10), .uniform(20), .zipf(50)]
        let alerting = AlertingSpec(smallestEffect: [.psi: 0, .ks: 0], control: .budget)
        let model = try SimulatedModel(numeric + categorical, alerting: alerting)
        var (total, squares) = (0, 0)
        var byMeasure: [Measure: Int] = [:]
        var level = 0.0
        for month in 0..<months {
            var random = SeededNumbers(seed: UInt64(month) &+ 1)
            let run = BudgetRun(
                model, laws: KeptLaws(), reference: 10_000, rowsAnHour: 50, days: 30, random: &random)
            total += run.primary
            squares += run.primary * run.primary
            level = run.level
            byMeasure.merge(run.alerts, uniquingKeysWith: +)
            guard (month + 1) % max(months / 40, 1) == 0 || month + 1 == months else { continue }
            let mean = Double(total) / Double(month + 1)
            let spread = max(Double(squares) / Double(month + 1) - mean * mean, 0)
            let reach = 1.96 * (spread / Double(month + 1)).squareRoot()
            print(
                "\(month + 1) model-months: \(mean) false alerts each, 95 % interval \(mean - reach) to \(mean + reach)"
            )
        }
        print("level of single tests: \(level)")
        for (measure, count) in byMeasure.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            print("\(measure.rawValue): \(Double(count) / Double(months)) runs a model-month")
        }
    }
}
