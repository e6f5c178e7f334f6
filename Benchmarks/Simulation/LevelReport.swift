import FalseAlarms
import Monitoring
import Statistics

/// The table of false alarms at a stated 5 %.
struct LevelReport {
    let isLong: Bool
    /// What the names of populations begin with; nil for all.
    let only: String?
    /// The only reference and window; nil for all.
    let size: (reference: Int?, window: Int?)
    /// How many times as many references.
    let effort: Double

    private static let populations: [Population] = [
        .normal(mean: 0), .student, .fewNumbers(5), .rounded(0.1), .zeroInflated(0.7), .zeroInflated(0.98),
        .uniform(2), .uniform(10), .zipf(50), .zipf(200), .rare, .missing(0.05), .mistyped(0.05), .outOfRange(0.05),
        .sampled(.normal(mean: 0), .byChance), .sampled(.fewNumbers(5), .byChance),
        .sampled(.normal(mean: 0), .byValue),
        .sampled(.uniform(10), .byChance), .sampled(.zipf(50), .byChance), .sampled(.two(0.9), .byValue),
        .sampled(.two(0.1), .byValue), .sampled(.oneOfTen(0.5), .byValue),
    ]

    /// Which measures the rows of a kind of population show, in that order.
    private static func measures(_ population: Population) -> [Measure] {
        switch population {
        case .missing: return [.missingRatio]
        case .mistyped: return [.typeErrorRatio]
        case .outOfRange: return [.outOfRangeRatio]
        default: break
        }
        return population.isNumeric
            ? [
                .ks, .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation, .wasserstein, .energy,
                .cramerVonMises, .andersonDarling, .meanShift, .spreadShift,
            ]
            : [
                .chi2, .g, .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation, .lInfinity, .cramersV,
                .unseenRatio,
            ]
    }

    private var references: [Int] {
        (isLong ? [1000, 10_000, 100_000] : [1000, 10_000]).filter { $0 == size.reference ?? $0 }
    }

    private func plans(_ reference: Int) -> [LevelTrial.Plan] {
        let windows = isLong ? [50, 137, 1000, 10_000, 100_000] : [50, 137, 1000]
        return windows.filter { $0 == size.window ?? $0 }.map { window in
            // Windows of one reference are the more alike the larger they are beside it.
            let (references, windows) =
                window * 5 <= reference ? (300, 10) : window <= reference ? (600, 4) : (1200, 1)
            return LevelTrial.Plan(
                window: window, references: max(Int(Double(references) * effort * (isLong ? 1 : 0.2)), 10),
                windows: windows)
        }
    }

    func write() throws {
        print(
            "Each cell: the share of windows without drift that exceed their threshold, in %, at a stated 5 %. Behind a share below"
        )
        print(
            "3 %: [the next attainable level], and {the share without the error bound of the grid}. se is the largest standard error."
        )
        var heading: [Measure] = []
        var extremes = LevelExtremes()
        for population in Self.populations where population.name.utf8.starts(with: (only ?? "").utf8) {
            let measures = Self.measures(population)
            if measures != heading {
                print("\n| rows come from | n | m |\(Self.cells(measures.map { "`\($0.rawValue)`" })) se |")
                print("| --- | ---: | ---: |\(String(repeating: " ---: |", count: measures.count + 1))")
                heading = measures
            }
            for reference in references { try write(population, reference, measures, &extremes) }
        }
        write(extremes)
    }

    private func write(
        _ population: Population, _ reference: Int, _ measures: [Measure], _ extremes: inout LevelExtremes
    ) throws {
        let plans = plans(reference)
        let trial = LevelTrial(
            population: population, reference: reference, rate: 0.05,
            seed: population.name.utf8.reduce(UInt64(reference)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 },
            measures: measures)
        for (plan, table) in zip(plans, try trial.tables(plans)) {
            let cells = Self.cells(measures.map { table.levels[$0].map(Self.text) ?? "" })
            let error = measures.compactMap { table.levels[$0]?.standardError }.max() ?? 0
            print(
                "| \(population.name) | \(reference) | \(plan.window) |\(cells) \(Self.percent(error, places: 100)) |")
            for measure in measures {
                guard let level = table.levels[measure] else { continue }
                extremes.add(level, measure, LevelExtremes.Kind(population))
            }
        }
    }

    /// The least and the greatest rates over all sizes.
    private func write(_ extremes: LevelExtremes) {
        print("\nOver all sizes, in brackets the cells without an attainable level between 3 and 5 %:\n")
        let kinds = LevelExtremes.Kind.allCases
        print("| measure |\(Self.cells(kinds.map(\.rawValue)))")
        print("| --- |\(String(repeating: " ---: |", count: kinds.count))")
        for measure in Measure.judged {
            let cells = kinds.map { kind in
                let range = extremes.range(measure, kind).map {
                    "\(Self.percent($0.lowerBound)) to \(Self.percent($0.upperBound))"
                }
                let coarse = extremes.coarse(measure, kind)
                return (range ?? "") + (coarse > 0 ? " [\(coarse)]" : "")
            }
            if cells.contains(where: { !$0.isEmpty }) { print("| `\(measure.rawValue)` |\(Self.cells(cells))") }
        }
        print("\n\(extremes.cells) cells: \(extremes.high) above 7 %, \(extremes.low) below 3 % for no reason.")
    }

    private static func cells(_ texts: [String]) -> String { texts.map { " \($0) |" }.joined() }

    private static func text(_ level: Level) -> String {
        guard let share = level.share, let next = level.nextShare else { return "none" }
        // Windows without a verdict raise no alarm; where they are many the cell says so.
        let silent = Double(level.insufficient) / Double(level.insufficient + level.judged)
        let rest = silent > 0.01 ? " (\(percent(1 - silent)) judged)" : ""
        guard share < 0.03 else { return percent(share) + rest }
        let unbound = level.unboundShare.map { $0 > share + 0.001 ? " {\(percent($0))}" : "" } ?? ""
        return "\(percent(share)) [\(percent(next))]\(unbound)\(rest)"
    }

    static func percent(_ share: Double, places: Double = 10) -> String {
        "\((share * 100 * places).rounded() / places)"
    }
}
