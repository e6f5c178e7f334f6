import Statistics
import Testing

/// How often intervals hold the true value, over samples of a population whose values are known.
struct IntervalCoverageTests {
    private static let trials = 600
    private static let rows = 300

    /// For every measure how many of the trials had the truth in their interval.
    private static let covered: [MeasuredInterval: Int] = {
        let population = SimulatedOutcomes(seed: 3)
        var covered: [MeasuredInterval: Int] = [:]
        var generator = SeededGenerator(seed: 77)
        let truths = MeasuredInterval.allCases.map { $0.estimate(population.truth)?.value ?? .nan }
        for _ in 0..<trials {
            let sample = population.sample(rows, using: &generator)
            for (measure, truth) in zip(MeasuredInterval.allCases, truths) {
                let holds = measure.estimate(sample)?.interval?.contains(truth) ?? false
                covered[measure, default: 0] += holds ? 1 : 0
            }
        }
        return covered
    }()

    @Test(arguments: MeasuredInterval.allCases)
    func `an interval at level 0.95 holds the true value in 93 to 97 of 100 samples of 300 rows`(
        measure: MeasuredInterval
    ) {
        let share = Double(Self.covered[measure] ?? 0) / Double(Self.trials)
        // The interval of the calibration error promises at least its level.
        let most = measure == .calibrationError ? 1 : 0.975
        #expect((0.925...most).contains(share), "\(measure.rawValue) \(share)")
    }

    @Test(arguments: [20, 40])
    func `shares keep their level in small samples`(count: Int) {
        var generator = SeededGenerator(seed: count)
        var covered = 0
        for _ in 0..<4000 {
            let hits = (0..<count).reduce(0) { sum, _ in
                sum + (Double.random(in: 0..<1, using: &generator) < 0.9 ? 1 : 0)
            }
            covered += Interval.share(hits: Double(hits), of: Double(count))?.contains(0.9) ?? false ? 1 : 0
        }
        #expect((0.93...0.98).contains(Double(covered) / 4000))
    }

    @Test func `the difference of two shares keeps its level`() throws {
        var generator = SeededGenerator(seed: 5)
        var covered = 0
        for _ in 0..<3000 {
            func share(_ probability: Double, of count: Int) -> Estimate? {
                let hits = (0..<count).reduce(0) { sum, _ in
                    sum + (Double.random(in: 0..<1, using: &generator) < probability ? 1 : 0)
                }
                return Estimate(share: Double(hits), of: Double(count))
            }
            let (left, right) = (try #require(share(0.9, of: 60)), try #require(share(0.8, of: 40)))
            let (first, second) = (try #require(left.interval), try #require(right.interval))
            let interval = Interval.difference(left.value, first, minus: right.value, second)
            covered += interval?.contains(0.1) ?? false ? 1 : 0
        }
        #expect((0.93...0.97).contains(Double(covered) / 3000))
    }

    @Test func `half as many effective rows widen an interval as half the rows would`() throws {
        var confusion = ConfusionCounts()
        for (predicted, actual, count) in [("1", "1", 60), ("1", "0", 20), ("0", "1", 14), ("0", "0", 106)] {
            confusion.fold(predicted: ByteText(predicted), actual: ByteText(actual), times: count)
        }
        var half = ConfusionCounts()
        for (cell, count) in confusion.counts {
            half.fold(predicted: cell.predicted, actual: cell.actual, times: count / 2)
        }
        let (weighted, fewer) = (ConfusionTable(confusion, unit: 0.5), ConfusionTable(half))
        #expect(weighted.accuracy == fewer.accuracy)
        #expect(isClose(weighted.matthewsEstimate?.interval?.low, fewer.matthewsEstimate?.interval?.low))
        #expect(isClose(weighted.f1(of: "1")?.interval?.high, fewer.f1(of: "1")?.interval?.high))
    }

    @Test func `a window without a mistake has an interval all the same`() throws {
        var confusion = ConfusionCounts()
        confusion.fold(predicted: "1", actual: "1", times: 20)
        confusion.fold(predicted: "0", actual: "0", times: 30)
        let table = ConfusionTable(confusion)
        for estimate in [table.matthewsEstimate, table.kappaEstimate, table.macroEstimate(.f1), table.f1(of: "1")] {
            let interval = try #require(estimate?.interval)
            #expect(estimate?.value == 1)
            #expect(interval.low > 0.6 && interval.low < 1 && interval.high == 1)
        }
        var pairs = ScorePairs()
        pairs.fold((0..<20).map { ScoredLabel(score: Double($0) / 20, isPositive: $0 >= 10) })
        let area = try #require(ScoreCurve(pairs).rocAUC?.interval)
        #expect(area.low > 0.6 && area.low < 1 && area.high == 1)
    }

    @Test func `one class has no correlation and one row no spread`() {
        var confusion = ConfusionCounts()
        confusion.fold(predicted: "1", actual: "1")
        let table = ConfusionTable(confusion)
        #expect(table.matthewsEstimate == nil)
        #expect(table.kappaEstimate == nil)
        #expect(table.accuracy?.value == 1)
        #expect(table.specificity(of: "1") == nil)
        var (residuals, spread) = (Residuals(), ResidualSpread())
        residuals.fold(prediction: 1, actual: 2)
        spread.fold(prediction: 1, actual: 2)
        let estimates = ResidualEstimates(residuals, spread: spread)
        #expect(estimates.mae?.value == 1 && estimates.mae?.interval == nil)
        #expect(estimates.rmse?.interval == nil)
        #expect(ConfusionTable(ConfusionCounts()).accuracy == nil)
    }

    @Test func `a thousand classes have intervals`() throws {
        var confusion = ConfusionCounts()
        for number in 0..<1000 {
            confusion.fold(predicted: ByteText("c\(number)"), actual: ByteText("c\(number)"), times: 3)
            confusion.fold(predicted: ByteText("c\(number)"), actual: ByteText("c\((number + 1) % 1000)"))
        }
        let table = ConfusionTable(confusion)
        #expect(isClose(table.macroEstimate(.f1)?.value, 0.75))
        #expect(try #require(table.matthewsEstimate?.interval).width < 0.05)
    }

    @Test func `classes that differ only in their Unicode form are different classes`() {
        var confusion = ConfusionCounts()
        confusion.fold(predicted: "\u{E9}", actual: "e\u{301}", times: 4)
        confusion.fold(predicted: "\u{E9}", actual: "\u{E9}", times: 6)
        #expect(ConfusionTable(confusion).accuracy?.value == 0.6)
        #expect(ConfusionTable(confusion).precision(of: "e\u{301}") == nil)
    }

    @Test func `rows of an older format have no intervals`() throws {
        var sums = ProbabilitySums()
        sums.fold(score: 0.4, isPositive: true)
        sums.fold(score: 0.6, isPositive: true)
        var residuals = Residuals()
        residuals.fold(prediction: 1, actual: 2)
        residuals.fold(prediction: 1, actual: 4)
        #expect(sums.logLossEstimate()?.interval != nil)
        #expect(ResidualEstimates(residuals, spread: ResidualSpread()).mae?.interval == nil)
        var writer = SummaryWriter()
        writer.write(residuals)
        // Version 1 ends after the moments of the actual values.
        var reader = SummaryReader(writer.bytes, version: 1)
        let old = try Residuals(from: &reader)
        #expect(old.mae == residuals.mae)
        #expect(old.mape == nil && old.rmsle == nil)
    }
}
