import FalseAlarms
import Monitoring

/// How often a shift of 0.2 standard deviations is seen in 1,000 rows, and how often none.
struct PowerReport {
    private static let measures: [Measure] = Measure.judgedDrift

    func write() throws {
        print("Windows of 1,000 rows told of in %, at a stated 1 %; raw: SciPy's KS on the rows themselves")
        for reference in [1000, 10_000] {
            for shift in [0, 0.2] {
                let table = try PowerTable(
                    shift: shift, reference: reference, window: 1000, references: 100, windows: 20, rate: 0.01, seed: 7)
                let trials = Double(table.trials)
                let cells = Self.measures.compactMap { measure in
                    table.seen[measure].map {
                        "\(measure.rawValue) \(LevelReport.percent(Double($0) / trials))"
                    }
                }
                print(
                    "shift \(shift) | reference \(reference) | raw \(LevelReport.percent(Double(table.raw) / trials)) | "
                        + cells.joined(separator: " | "))
            }
        }
    }
}
