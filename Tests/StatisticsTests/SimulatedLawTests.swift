import Statistics
import Testing

/// Laws that are simulated, and the random numbers that they are made of.
struct SimulatedLawTests {
    @Test func `random numbers are the same for ever`() {
        var numbers = SeededNumbers(seed: 1)
        var again = SeededNumbers(seed: 1)
        let words = (0..<4).map { _ in numbers.word() }
        #expect(words == (0..<4).map { _ in again.word() })
        #expect(Set(words).count == 4)
    }

    @Test(arguments: [(10, 0.3), (50, 0.02), (1000, 0.5), (1000, 0.97), (1_000_000, 0.2)])
    func `binomial numbers have their mean and variance`(count: Int, share: Double) {
        var numbers = SeededNumbers(seed: 5)
        let draws = (0..<20_000).map { _ in Double(numbers.binomial(count, share)) }
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        let expected = (Double(count) * share, Double(count) * share * (1 - share))
        #expect((mean - expected.0).magnitude < 5 * (expected.1 / 20_000).squareRoot())
        #expect((variance / expected.1 - 1).magnitude < 0.06)
        #expect(draws.allSatisfy { $0 >= 0 && $0 <= Double(count) })
    }

    @Test(arguments: [0.3, 1, 4, 250])
    func `gamma numbers have their mean and variance`(shape: Double) {
        var numbers = SeededNumbers(seed: 6)
        let draws = (0..<20_000).map { _ in numbers.gamma(shape: shape) }
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect((mean - shape).magnitude < 5 * (shape / 20_000).squareRoot())
        #expect((variance / shape - 1).magnitude < 0.12)
    }

    private static func law(_ measure: DriftMeasure, _ bins: ReferenceBins, _ size: Int) -> NullLaw? {
        SimulatedLaws.law(
            measure, window: size, from: BinnedLaws.keys(bins, window: size).map { SimulatedLaws($0) })
    }

    private static let deciles = ReferenceBins(
        counts: Array(repeating: 1000, count: 10), isOpen: false, zeroPolicy: .half)

    @Test(arguments: [DriftMeasure.psi, .jsDistance, .hellinger])
    func `where bins are full enough the simulation agrees with the closed form`(measure: DriftMeasure) throws {
        // One row short of the closed form's regime, and just inside of it.
        let simulated = try #require(Self.law(measure, Self.deciles, 399))
        let closed = try #require(BinnedLaws.closedForm(measure, Self.deciles, window: 400))
        #expect(BinnedLaws.closedForm(measure, Self.deciles, window: 399) == nil)
        for level in [0.2, 0.05, 0.01] {
            let (mine, limit) = (try #require(simulated.critical(at: level)), try #require(closed.critical(at: level)))
            #expect((mine / limit - 1).magnitude < 0.12, "level \(level): \(mine) and \(limit)")
        }
    }

    @Test func `a law follows from its key alone`() throws {
        let first = try #require(Self.law(.psi, Self.deciles, 60))
        #expect(first == Self.law(.psi, Self.deciles, 60))
        #expect(first != Self.law(.psi, Self.deciles, 61))
    }

    @Test func `the tail beyond the simulation is longer than that of the law`() throws {
        let law = try #require(Self.law(.totalVariation, Self.deciles, 100_000))
        let (near, far) = (try #require(law.critical(at: 1e-3)), try #require(law.critical(at: 1e-6)))
        // The normal limit of a total variation grows by less than that of one normal variable does.
        #expect(far > near * 1.2)
        #expect(law.survival(far) <= 1.01e-6)
    }

    @Test func `a constant reference does not forbid every other value`() throws {
        let bins = ReferenceBins(counts: [100], isOpen: true, zeroPolicy: .half)
        let law = try #require(Self.law(.totalVariation, bins, 50))
        let critical = try #require(law.critical(at: 0.05))
        #expect(critical > 0 && critical < 0.2)
    }

    @Test func `thousands of categories that occur once are no obstacle`() throws {
        let bins = ReferenceBins(counts: Array(repeating: 1, count: 2000), isOpen: true, zeroPolicy: .half)
        let law = try #require(Self.law(.lInfinity, bins, 30))
        let critical = try #require(law.critical(at: 0.05))
        #expect(critical > 0 && critical < 0.3)
    }

    @Test func `a number that half the rows share has the law of one share`() throws {
        // Two values: Anderson and Darling's statistic is that of chi-squared, Cramer and von Mises' a quarter of its variance.
        let values = (0..<4000).map { $0 % 2 == 0 ? 0.0 : 1.0 }
        let pair = ColumnComparison(reference: values, window: values)
        let ranks = ReferenceRanks(pair.reference.cells, grid: pair.grid)
        let parts = RankedLaws.keys(ranks, window: 2000).map { SimulatedLaws($0) }
        let tails = try #require(SimulatedLaws.law(.andersonDarling, window: 2000, from: parts)?.critical(at: 0.05))
        let squares = try #require(SimulatedLaws.law(.cramerVonMises, window: 2000, from: parts)?.critical(at: 0.05))
        // 3.8415 is exceeded by 5 % of chi-squared with one degree of freedom; the deviation of a continuous column is 0.7614.
        #expect((tails - 2.8415 / 0.7614).magnitude < 0.5, "\(tails)")
        #expect((squares - 3.8415 / 8).magnitude < 0.05, "\(squares)")
    }

    @Test func `what ties alone add to Cramer and von Mises is told apart`() throws {
        let reference = (0..<10_000).map { Double($0 % 4) }
        let window = (0..<100).map { Double($0 % 4) }
        let pair = ColumnComparison(reference: reference, window: window)
        let test = try #require(CramerVonMises(reference: pair.reference.cells, window: pair.window.cells))
        #expect(test.statistic > 1000)
        #expect((test.statistic - test.tieShift).magnitude < 0.01)
        let distinct = ColumnComparison(
            reference: (0..<500).map(Double.init), window: (0..<50).map { Double($0) + 0.5 })
        let plain = try #require(CramerVonMises(reference: distinct.reference.cells, window: distinct.window.cells))
        #expect(plain.tieShift.magnitude < 1e-9)
    }

    @Test func `a budget is kept by the level that follows from it`() {
        let streams = [
            FalseAlertBudget.Stream(windows: 720, stepShare: 1.0 / 24),
            FalseAlertBudget.Stream(windows: 30, stepShare: 1.0 / 7),
        ]
        let level = FalseAlertBudget.level(alerts: 1, tests: 40, streams: streams)
        #expect(level > 1e-5 && level < 1e-3)
        #expect(FalseAlertBudget.alerts(level: level, tests: 40, streams: streams) <= 1)
        #expect(FalseAlertBudget.alerts(level: level * 1.01, tests: 40, streams: streams) > 1)
        #expect(FalseAlertBudget.level(alerts: 1e9, tests: 1, streams: streams) == 0.2)
        #expect(FalseAlertBudget.level(alerts: 1, tests: 0, streams: streams) == 0.2)
    }

    @Test(arguments: [24, 7])
    func `windows that overlap leave the critical region as rarely as the budget takes them to`(steps: Int) {
        // The sum of the last steps, of one normal number each, in units of its own noise: the fewest degrees of freedom.
        var numbers = SeededNumbers(seed: 9)
        var last = (0..<steps).map { _ in numbers.normal() }
        var (sum, above, ends) = (last.reduce(0, +), 0, 0)
        var wasAbove = false
        let limit = NormalDistribution.quantile(exceededBy: 0.001).map { $0 * Double(steps).squareRoot() } ?? .infinity
        for step in 0..<1_000_000 {
            let next = numbers.normal()
            sum += next - last[step % steps]
            last[step % steps] = next
            if sum > limit { above += 1 } else if wasAbove { ends += 1 }
            wasAbove = sum > limit
        }
        let measured = Double(ends) / Double(max(above, 1))
        let taken = FalseAlertBudget.runShare(level: 0.001, stepShare: 1 / Double(steps))
        #expect(measured < taken && measured > taken * 0.6, "\(measured) of \(taken)")
    }
}
