import FalseAlarms
import Monitoring
import Statistics

/// How often a shift of 0.2 standard deviations is seen in 1,000 rows.
struct PowerReport {
    func write() throws {
        print("Seen shifts of 0.2 sigma in 1,000 rows in %, at a stated 1 %; raw: SciPy's KS on the rows themselves")
        for reference in [1000, 10_000] {
            let (references, windows) = (40, 25)
            let table = try LevelTable(
                .normal(mean: 0), drifted: .normal(mean: 0.2), reference: reference, window: 1000,
                references: references, windows: windows, rate: 0.01, seed: 7)
            let raw = RawComparison(
                reference: reference, window: 1000, shift: 0.2, trials: references * windows, rate: 0.01, seed: 11)
            let cells = Measure.allCases.compactMap { measure in
                table.levels[measure]?.share.map { "\(measure.rawValue) \(LevelReport.percent($0))" }
            }
            print("reference \(reference) | raw \(LevelReport.percent(raw.share)) | " + cells.joined(separator: " | "))
        }
    }
}
