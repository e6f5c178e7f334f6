import FalseAlarms
import Monitoring

/// How often changes are seen in 1,000 rows, and how often none.
struct PowerReport {
    private struct Change {
        let name: String
        let before: Population
        let after: Population
    }

    private static let changes: [Change] = [
        Change(name: "none", before: .normal(mean: 0), after: .normal(mean: 0)),
        Change(name: "0.1 sigma", before: .normal(mean: 0), after: .normal(mean: 0.1)),
        Change(name: "0.2 sigma", before: .normal(mean: 0), after: .normal(mean: 0.2)),
        Change(name: "0.5 sigma", before: .normal(mean: 0), after: .normal(mean: 0.5)),
        Change(name: "spread 1.2", before: .normal(mean: 0), after: .normal(mean: 0, spread: 1.2)),
        Change(name: "none", before: .oneOfTen(0.05), after: .oneOfTen(0.05)),
        Change(name: "5 to 10 %", before: .oneOfTen(0.05), after: .oneOfTen(0.1)),
    ]

    private static let numeric: [Measure] = [
        .ks, .psi, .jsDistance, .wasserstein, .energy, .cramerVonMises, .andersonDarling, .meanShift, .spreadShift,
    ]
    private static let categorical: [Measure] = [
        .chi2, .g, .psi, .jsDistance, .hellinger, .totalVariation, .lInfinity, .cramersV,
    ]

    let isLong: Bool

    func write() throws {
        print("\nWindows of 1,000 rows told of in %, at a stated 1 %; SciPy's test is on the rows themselves")
        for reference in [1000, 10_000] {
            var heading: [Measure] = []
            for change in Self.changes {
                let measures = change.before.isNumeric ? Self.numeric : Self.categorical
                if measures != heading {
                    print("\n| change | n | SciPy | \(measures.map { "`\($0.rawValue)`" }.joined(separator: " | ")) |")
                    print("| --- | ---: |\(String(repeating: " ---: |", count: measures.count + 1))")
                    heading = measures
                }
                let table = try PowerTable(
                    change.before, drifted: change.after, reference: reference, window: 1000,
                    references: isLong ? 200 : 20, windows: 5, rate: 0.01, seed: 7, measures: measures)
                let cells = measures.map { share(table.seen[$0] ?? 0, table) }
                print(
                    "| \(change.name) | \(reference) | \(share(table.raw, table)) | \(cells.joined(separator: " | ")) |"
                )
            }
        }
        try writeLimits()
    }

    /// The same rows under the limits of other tools.
    private func writeLimits() throws {
        print("\nWindows told of in %, reference 10,000; ours at a stated 5 %")
        print(
            "\n| change | m | `ks` | `psi` | `wasserstein` | \(FixedLimit.allCases.map(\.rawValue).joined(separator: " | ")) |"
        )
        print("| --- | ---: |\(String(repeating: " ---: |", count: FixedLimit.allCases.count + 3))")
        for change in Self.changes where change.before.isNumeric && change.name != "0.1 sigma" {
            for window in [50, 200, 1000, 5000] {
                let table = try PowerTable(
                    change.before, drifted: change.after, reference: 10_000, window: window,
                    references: isLong ? 100 : 10, windows: 5, rate: 0.05, seed: 8, measures: [.ks, .psi, .wasserstein])
                let ours = [Measure.ks, .psi, .wasserstein].map { share(table.seen[$0] ?? 0, table) }
                let theirs = FixedLimit.allCases.map { share(table.reached[$0] ?? 0, table) }
                print("| \(change.name) | \(window) | \((ours + theirs).joined(separator: " | ")) |")
            }
        }
    }

    private func share(_ count: Int, _ table: PowerTable) -> String {
        LevelReport.percent(Double(count) / Double(table.trials))
    }
}
