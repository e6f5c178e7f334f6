import FalseAlarms
import Monitoring
import Statistics
import Testing

/// The fast form of the simulation in `Benchmarks/Simulation`: a few of its cells, through the code that serves thresholds.
struct FalseAlarmTests {
    /// One cell of the table.
    struct Cell: Sendable, CustomTestStringConvertible {
        let population: Population
        let reference: Int
        let window: Int
        let measures: [Measure]
        /// Large windows of one reference are alike, so that they need many references.
        var references = 6
        var windows = 80
        /// Up to where chance alone takes 5 %, three standard errors above; as many below it is near nothing.
        var most = 0.09
        /// Down to where chance alone takes it.
        var least = 0.01

        var testDescription: String { "\(population.name), reference \(reference), window \(window)" }
    }

    private static let cells: [Cell] = [
        Cell(
            population: .normal(mean: 0), reference: 1000, window: 50,
            measures: [.ks, .psi, .jsDistance, .kl, .klReverse, .totalVariation, .wasserstein, .energy]),
        // Of ten thousand normal rows each sample has a kurtosis that the law of spreads is known for.
        Cell(
            population: .rounded(0.1), reference: 10_000, window: 200,
            measures: [.spreadShift, .wasserstein, .energy, .kl, .klReverse, .totalVariation]),
        Cell(population: .missing(0.05), reference: 1000, window: 300, measures: [.missingRatio]),
        Cell(population: .mistyped(0.05), reference: 1000, window: 300, measures: [.typeErrorRatio]),
        Cell(population: .outOfRange(0.05), reference: 1000, window: 300, measures: [.outOfRangeRatio]),
        // So many rows that closed forms hold: the simulated laws of weighted windows differ from window to window.
        Cell(
            population: .sampled(.rounded(0.1), .byChance), reference: 4000, window: 1000,
            measures: [.ks, .psi, .wasserstein, .energy, .meanShift], windows: 40, most: 0.1),
        Cell(
            population: .sampled(.uniform(10), .byChance), reference: 4000, window: 1000,
            measures: [.psi, .chi2, .jsDistance, .totalVariation], windows: 40, most: 0.1),
        // Where heavy rows gather alarms are rarer than stated, and never more frequent.
        Cell(
            population: .sampled(.two(0.1), .byValue), reference: 3000, window: 3000,
            measures: [.psi, .chi2, .jsDistance], references: 20, windows: 6, most: 0.12, least: -1),
        Cell(
            population: .sampled(.zipf(50), .byChance), reference: 2000, window: 137,
            measures: [.psi, .kl, .klReverse, .chi2, .totalVariation, .lInfinity], references: 8, windows: 15,
            most: 0.12, least: -1),
        Cell(population: .student, reference: 1000, window: 1000, measures: [.ks, .psi, .hellinger]),
        Cell(
            population: .fewNumbers(5), reference: 2000, window: 400,
            measures: [.ks, .psi, .cramerVonMises, .andersonDarling]),
        Cell(
            population: .zeroInflated(0.7), reference: 1000, window: 60,
            measures: [.cramerVonMises, .andersonDarling, .meanShift]),
        Cell(population: .uniform(2), reference: 2000, window: 100, measures: [.psi, .chi2, .lInfinity]),
        Cell(
            population: .zipf(200), reference: 1000, window: 137, measures: manyCategories, references: 20, windows: 10,
            most: 0.12),
        Cell(
            population: .zipf(200), reference: 1000, window: 2000, measures: manyCategories, references: 120,
            windows: 1,
            most: 0.12),
        Cell(
            population: .rare, reference: 1000, window: 20_000, measures: [.chi2, .cramersV], references: 400,
            windows: 1, least: 0.025),
        Cell(
            population: .zipf(50), reference: 1000, window: 10_000, measures: [.unseenRatio], references: 400,
            windows: 1, least: 0.025),
    ]

    private static let manyCategories: [Measure] = [
        .psi, .kl, .klReverse, .chi2, .g, .jsDistance, .hellinger, .totalVariation, .lInfinity, .cramersV,
    ]

    @Test(arguments: cells)
    func `at a stated 5 % about 5 % of windows without drift exceed their threshold`(cell: Cell) throws {
        let table = try LevelTable(
            cell.population, reference: cell.reference, window: cell.window, references: cell.references,
            windows: cell.windows, rate: 0.05, seed: 3, measures: cell.measures)
        for measure in cell.measures {
            let level = try #require(table.levels[measure])
            #expect(level.insufficient == 0)
            let (share, next) = (try #require(level.share), try #require(level.nextShare))
            #expect(share < cell.most, "\(measure)")
            #expect(share > cell.least || next > 0.05, "\(measure)")
        }
    }

    @Test func `a shift of half a standard deviation is seen in 200 rows`() throws {
        let table = try LevelTable(
            .normal(mean: 0), drifted: .normal(mean: 0.5), reference: 2000, window: 200, references: 2, windows: 30,
            rate: 0.01, seed: 4, measures: [.ks, .psi])
        #expect(try #require(table.levels[.ks]?.share) > 0.95)
        #expect(try #require(table.levels[.psi]?.share) > 0.8)
    }

    @Test func `under a budget a month without drift raises about as many alerts as were allowed`() throws {
        let alerting = AlertingSpec(
            smallestEffect: [.psi: 0, .ks: 0], control: .budget, budget: AlertingSpec.Budget(alerts: 40, per: .days(6)))
        let model = try SimulatedModel(
            [.normal(mean: 0), .student], alerting: alerting,
            windows: [WindowSpec(length: .hours(24), step: .hours(1))])
        var random = SeededNumbers(seed: 8)
        let runs = (0..<2).map { _ in
            BudgetRun(model, laws: KeptLaws(), reference: 2000, rowsAnHour: 40, days: 6, random: &random)
        }
        // 80 alerts are allowed; how many there are is random, and no more than half beyond that.
        let alerts = runs.reduce(0) { $0 + $1.primary }
        #expect(runs.allSatisfy { $0.level > 0.001 && $0.level < 0.5 }, "\(runs.map(\.level))")
        #expect((4...120).contains(alerts), "\(alerts) at \(runs.map(\.level))")
    }
}
