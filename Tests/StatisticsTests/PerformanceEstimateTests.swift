import Statistics
import Testing

struct PerformanceEstimateTests {
    /// Scores 0.05, 0.15 ... 0.95 with the probabilities that a calibrator gives them.
    private func vector(_ probability: (Double) -> Double, copies: Int = 1) throws -> PerformanceEstimate {
        let scores = (0..<10).map { (Double($0) + 0.5) / 10 }
        var (reference, window) = (ScorePairs(), ScorePairs())
        for score in scores {
            let positives = Int((probability(score) * 10_000).rounded())
            reference.fold([
                ScoredLabel(score: score, isPositive: true, times: positives),
                ScoredLabel(score: score, isPositive: false, times: 10_000 - positives),
            ])
            window.fold([ScoredLabel(score: score, isPositive: false, times: copies)])
        }
        let calibrator = try #require(ScoreCalibrator(reference))
        return try #require(PerformanceEstimate(ScoreDistribution(window), calibrator: calibrator, threshold: 0.5))
    }

    @Test func `calibrated scores give NannyML's expected values`() throws {
        let estimate = try vector { $0 }
        #expect(isClose(estimate.rocAUC?.value, 0.83))
        #expect(isClose(estimate.averagePrecision?.value, 0.8075))
        for value in [estimate.accuracy, estimate.precision, estimate.recall, estimate.f1, estimate.specificity] {
            #expect(isClose(value?.value, 0.75))
        }
    }

    @Test func `scores that mean their square give NannyML's expected values`() throws {
        let estimate = try vector { $0 * $0 }
        #expect(estimate.isIsotonic)
        #expect(isClose(estimate.rocAUC?.value, 0.8717158, relative: 1e-6))
        #expect(isClose(estimate.f1?.value, 0.6996997, relative: 1e-6))
        #expect(isClose(estimate.accuracy?.value, 0.75))
    }

    @Test func `scores that mean what they say stand for themselves`() throws {
        var generator = SeededGenerator(seed: 2)
        let rows = (0..<3000).map { _ in
            let score = Double.random(in: 0...1, using: &generator)
            return ScoredLabel(score: score, isPositive: Double.random(in: 0..<1, using: &generator) < score)
        }
        var pairs = ScorePairs()
        pairs.fold(rows)
        let calibrator = try #require(ScoreCalibrator(pairs))
        for score in [0.1, 0.35, 0.5, 0.9] {
            #expect((calibrator.probability(of: score) - score).magnitude < 0.06)
        }
    }

    @Test func `scores outside 0 and 1 are mapped whatever the trial says`() throws {
        var pairs = ScorePairs()
        pairs.fold((0..<100).map { ScoredLabel(score: Double($0) - 50, isPositive: $0 % 3 == 0 || $0 > 60) })
        let calibrator = try #require(ScoreCalibrator(pairs))
        #expect(calibrator.isIsotonic)
        #expect(calibrator.probability(of: -1e9) < 0.5)
        #expect(calibrator.probability(of: 1e9) == 1)
    }

    @Test func `one class teaches nothing`() {
        var pairs = ScorePairs()
        pairs.fold([ScoredLabel(score: 0.2, isPositive: true), ScoredLabel(score: 0.9, isPositive: true)])
        #expect(ScoreCalibrator(pairs) == nil)
        #expect(ScoreCalibrator(ScorePairs()) == nil)
    }

    /// A world in which a score comes true with its square, so that it must be calibrated.
    private struct World {
        var generator: SeededGenerator

        mutating func rows(_ count: Int) -> [ScoredLabel] {
            (0..<count).map { _ in
                let score = Double.random(in: 0...1, using: &generator)
                return ScoredLabel(
                    score: score, isPositive: Double.random(in: 0..<1, using: &generator) < score * score)
            }
        }

        mutating func pairs(_ count: Int) -> ScorePairs {
            var pairs = ScorePairs()
            pairs.fold(rows(count))
            return pairs
        }
    }

    @Test func `the expected interval holds the true accuracy, F1 and area that labels then show`() throws {
        var world = World(generator: SeededGenerator(seed: 9))
        var (accurate, harmonic, ranked) = (0, 0, 0)
        let trials = 150
        for _ in 0..<trials {
            let calibrator = try #require(ScoreCalibrator(world.pairs(1500)))
            let rows = world.rows(400)
            var (pairs, confusion) = (ScorePairs(), ConfusionCounts())
            pairs.fold(rows)
            for row in rows {
                confusion.fold(predicted: row.score >= 0.5 ? "1" : "0", actual: row.isPositive ? "1" : "0")
            }
            let table = ConfusionTable(confusion)
            let estimate = try #require(
                PerformanceEstimate(ScoreDistribution(pairs), calibrator: calibrator, threshold: 0.5))
            accurate += try #require(estimate.accuracy?.interval).contains(table.accuracy?.value ?? .nan) ? 1 : 0
            harmonic += try #require(estimate.f1?.interval).contains(table.f1(of: "1")?.value ?? .nan) ? 1 : 0
            ranked += try #require(estimate.rocAUC?.interval).contains(RankQuality(pairs)?.rocAUC ?? .nan) ? 1 : 0
        }
        for covered in [accurate, harmonic, ranked] { #expect(Double(covered) / Double(trials) >= 0.9) }
    }

    @Test(arguments: [4, 16, 64])
    func `an estimate over cells is within its bound of the one over scores`(limit: Int) throws {
        var world = World(generator: SeededGenerator(seed: limit))
        let calibrator = try #require(ScoreCalibrator(world.pairs(1000)))
        let rows = world.rows(700)
        var (pairs, scratch) = (ScorePairs(), FoldScratch())
        pairs.fold(rows)
        let values = rows.map(\.score)
        let grid = RankGrid(freezing: values, limit: limit, including: [0.5])
        #expect(grid.cutPoints.contains(0.5))
        var summary = NumericSummary(grid: grid)
        summary.fold(values.span, on: grid, scratch: &scratch)
        let coarse = try #require(
            PerformanceEstimate(
                ScoreDistribution(summary.cells, grid: grid), calibrator: calibrator, threshold: 0.5))
        let fine = try #require(
            PerformanceEstimate(ScoreDistribution(pairs), calibrator: calibrator, threshold: 0.5))
        let bounds = coarse.ratioBounds
        let compared: [(Estimate?, Estimate?, Double)] = [
            (coarse.accuracy, fine.accuracy, coarse.accuracyBound),
            (coarse.precision, fine.precision, bounds.precision),
            (coarse.recall, fine.recall, bounds.recall), (coarse.f1, fine.f1, bounds.f1),
            (coarse.specificity, fine.specificity, bounds.specificity), (coarse.rocAUC, fine.rocAUC, coarse.areaBound),
            (coarse.averagePrecision, fine.averagePrecision, coarse.averagePrecisionBound),
        ]
        for (left, right, bound) in compared {
            let (left, right) = (try #require(left?.value), try #require(right?.value))
            #expect((left - right).magnitude <= bound + 1e-12)
        }
    }

    @Test func `early labels of easy rows are corrected by their scores`() throws {
        var generator = SeededGenerator(seed: 4)
        var covered = 0
        for _ in 0..<200 {
            var (all, labelled) = (ScorePairs(), ScorePairs())
            var hits = 0
            var rows: [ScoredLabel] = []
            for _ in 0..<2000 {
                let score = Double.random(in: 0...1, using: &generator)
                let isPositive = Double.random(in: 0..<1, using: &generator) < score
                hits += (score >= 0.5) == isPositive ? 1 : 0
                let row = ScoredLabel(score: score, isPositive: isPositive)
                all.fold([row])
                // Sure predictions get their label early.
                if Double.random(in: 0..<1, using: &generator) < 0.1 + 1.6 * (score - 0.5).magnitude {
                    rows.append(row)
                }
            }
            labelled.fold(rows)
            let decided = labelled.decisions(threshold: 0.5)
            let naive = Double(decided.truePositives + decided.trueNegatives) / Double(rows.count)
            let corrected = try CorrectedAccuracy(
                ScoreDistribution(all), labelled: labelled, edges: (1..<10).map { Double($0) / 10 }, threshold: 0.5
            ).estimate
            #expect(naive > 0.76)
            #expect((corrected.value - 0.75).magnitude < 0.05)
            covered += try #require(corrected.interval).contains(0.75) ? 1 : 0
        }
        #expect((0.9...0.99).contains(Double(covered) / 200))
    }

    @Test func `a correction needs labels of all kinds of scores`() throws {
        var (all, labelled) = (ScorePairs(), ScorePairs())
        all.fold([ScoredLabel(score: 0.1, isPositive: false), ScoredLabel(score: 0.9, isPositive: true)])
        #expect(throws: CorrectedAccuracy.Refusal.noScores) {
            try CorrectedAccuracy(ScoreDistribution(all), labelled: labelled, edges: [0.3], threshold: 0.5)
        }
        labelled.fold([ScoredLabel(score: 0.9, isPositive: true)])
        #expect(throws: CorrectedAccuracy.Refusal.unlabelledScores) {
            try CorrectedAccuracy(ScoreDistribution(all), labelled: labelled, edges: [0.3], threshold: 0.5)
        }
    }
}
