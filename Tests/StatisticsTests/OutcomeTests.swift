import Statistics
import Testing

struct OutcomeTests {
    @Test func `no rows have no performance`() {
        #expect(ConfusionCounts().accuracy == nil)
        #expect(ConfusionCounts().macro == ClassQuality(precision: nil, recall: nil, f1: nil))
        #expect(RankQuality(ScorePairs()) == nil)
        #expect(ProbabilitySums().logLoss == nil)
        #expect(Residuals().mae == nil)
        #expect(Calibration().error == nil)
    }

    @Test func `a corrected label leaves and enters in any order`() {
        var corrected = ConfusionCounts()
        corrected.fold(predicted: "1", actual: "0", times: -1)
        corrected.fold(predicted: "1", actual: "1")
        corrected.fold(predicted: "1", actual: "0")
        #expect(corrected.counts == [ConfusionCounts.Cell(predicted: "1", actual: "1"): 1])
        var residuals = Residuals()
        residuals.fold(prediction: 1, actual: 3, times: -1)
        residuals.fold(prediction: 1, actual: 2)
        residuals.fold(prediction: 1, actual: 3)
        #expect(residuals.mae == 1)
        #expect(residuals.bias == -1)
    }

    @Test func `a class that was never predicted has no precision`() {
        var confusion = ConfusionCounts()
        confusion.fold(predicted: "a", actual: "b")
        let quality = confusion.quality(of: "b")
        #expect(quality.precision == nil)
        #expect(quality.recall == 0)
        #expect(quality.f1 == 0)
        #expect(confusion.quality(of: "never") == ClassQuality(precision: nil, recall: nil, f1: nil))
    }

    @Test func `a score outside 0 and 1 takes the log loss away but not the ranks`() {
        var (sums, pairs) = (ProbabilitySums(), ScorePairs())
        for (score, isPositive) in [(0.2, false), (1.5, true)] {
            sums.fold(score: score, isPositive: isPositive)
            pairs.fold([ScoredLabel(score: score, isPositive: isPositive)])
        }
        #expect(sums.logLoss == nil)
        #expect(sums.brier == nil)
        #expect(RankQuality(pairs)?.rocAUC == 1)
        sums.fold(score: 1.5, isPositive: true, times: -1)
        #expect(isClose(sums.brier, 0.04))
    }

    @Test(arguments: [(0.0, 36.04365338911715), (1, 2.220446049250313e-16)])
    func `a certain score is clipped`(score: Double, loss: Double) {
        var sums = ProbabilitySums()
        sums.fold(score: score, isPositive: true)
        #expect(isClose(sums.logLoss, loss, relative: 1e-12, absolute: 0))
    }

    @Test func `one class has no area under the curve`() {
        var pairs = ScorePairs()
        pairs.fold([ScoredLabel(score: 0.3, isPositive: true), ScoredLabel(score: .nan, isPositive: false)])
        #expect(RankQuality(pairs) == nil)
        #expect(pairs.positives == 1)
        #expect(pairs.negatives == 0)
    }

    /// Rows with many distinct scores, and the exact area.
    private func manyScores(_ count: Int) -> (rows: [ScoredLabel], area: Double) {
        var generator = SeededGenerator(seed: count)
        let rows = (0..<count).map { _ in
            let isPositive = Bool.random(using: &generator)
            let score = min(max(0.5 + 0.15 * generator.normal() + (isPositive ? 0.1 : 0), 0), 1)
            return ScoredLabel(score: score, isPositive: isPositive)
        }
        var below = 0.0
        var ordered = 0.0
        for row in rows.sorted(by: { $0.score < $1.score }) {
            if row.isPositive { ordered += below } else { below += 1 }
        }
        return (rows, ordered / (below * (Double(count) - below)))
    }

    @Test func `many scores are counted in cells with a true bound`() throws {
        let (rows, area) = manyScores(30_000)
        var pairs = ScorePairs()
        pairs.fold(rows)
        let quality = try #require(RankQuality(pairs))
        #expect(!pairs.isExact)
        #expect(quality.errorBound > 0 && quality.errorBound < 0.002)
        #expect((quality.rocAUC - area).magnitude <= quality.errorBound)
        #expect(pairs.positives + pairs.negatives == 30_000)
    }

    @Test func `cells stay cells until they are empty, in any order of merging`() {
        let (rows, _) = manyScores(12_000)
        var (whole, first, second) = (ScorePairs(), ScorePairs(), ScorePairs())
        whole.fold(rows)
        first.fold(Array(rows.prefix(6000)))
        second.fold(Array(rows.dropFirst(6000)))
        #expect(first.isExact && second.isExact)
        var merged = second
        merged.merge(first)
        #expect(merged == whole)
        #expect(merged.encoded() == whole.encoded())
        merged.subtract(first)
        #expect(!merged.isExact)
        #expect(merged.positives == second.positives)
        merged.subtract(second)
        #expect(merged == ScorePairs())
    }

    @Test(arguments: [300, 12_000])
    func `rows that come one by one, are corrected and leave count as those that come at once`(count: Int) {
        let (rows, _) = manyScores(count)
        let extra = [-0.0, 0, -.infinity, .infinity, .nan, 1.5].map { ScoredLabel(score: $0, isPositive: true) }
        let leaving = rows.indices.filter { $0 % 3 == 0 }.map { rows[$0] }
        var (whole, single) = (ScorePairs(), ScorePairs())
        whole.fold(rows + extra)
        single.fold(rows)
        for row in extra { single.fold([row]) }
        #expect(single == whole)
        whole.fold(leaving.map { ScoredLabel(score: $0.score, isPositive: $0.isPositive, times: -1) })
        whole.fold(leaving.map { ScoredLabel(score: $0.score, isPositive: !$0.isPositive) })
        for row in leaving {
            // The correction may be counted before what it corrects.
            single.fold([
                ScoredLabel(score: row.score, isPositive: !row.isPositive),
                ScoredLabel(score: row.score, isPositive: row.isPositive, times: -1),
            ])
        }
        #expect(single == whole)
        #expect(single.encoded() == whole.encoded())
        #expect(single.isExact == (count < ScorePairs.exactLimit))
    }

    @Test func `coarse scores can be written and read`() throws {
        let (rows, _) = manyScores(9000)
        var pairs = ScorePairs()
        pairs.fold(rows)
        #expect(try ScorePairs(decoding: pairs.encoded()) == pairs)
    }

    @Test func `the order of scores survives the cells at both ends`() {
        let scores = [-3, 0, 1e-300, 1e-12, 0.1, 0.4999, 0.5, 0.5001, 0.9, 1 - 0x1p-40, 1, 7]
        var generator = SeededGenerator(seed: 1)
        let noise = (0..<9000).map { _ in
            ScoredLabel(score: Double.random(in: 0.2..<0.3, using: &generator), isPositive: true)
        }
        for (low, high) in zip(scores, scores.dropFirst()) where !(0.2...0.3).contains(low) {
            var pairs = ScorePairs()
            pairs.fold(noise)
            pairs.fold(noise.map { ScoredLabel(score: $0.score, isPositive: true, times: -1) }.dropLast(1) + [])
            pairs.fold([ScoredLabel(score: low, isPositive: false), ScoredLabel(score: high, isPositive: true)])
            #expect(!pairs.isExact)
            #expect((RankQuality(pairs)?.rocAUC ?? 0) >= 0.5)
        }
    }

    @Test func `regression needs two rows and different values for r2`() {
        var residuals = Residuals()
        residuals.fold(prediction: 1, actual: 2)
        #expect(residuals.r2 == nil)
        residuals.fold(prediction: 4, actual: 2)
        #expect(residuals.r2 == nil)
        residuals.fold(prediction: 3, actual: 3)
        #expect(residuals.r2 != nil)
        residuals.fold(prediction: .nan, actual: 3)
        #expect(residuals.count == 3)
    }

    @Test func `an error too large to be summed takes the measures away until it leaves`() {
        var residuals = Residuals()
        residuals.fold(prediction: 1, actual: 2)
        residuals.fold(prediction: 1e40, actual: 2)
        #expect(residuals.mae == nil)
        #expect(residuals.rmse == nil)
        residuals.fold(prediction: 1e40, actual: 2, times: -1)
        #expect(residuals.rmse == 1)
    }

    @Test func `calibration compares scores with how often they come true`() {
        var calibration = Calibration()
        for (score, isPositive) in [(0.95, true), (0.95, false), (0.05, false), (1, true), (2, true), (.nan, true)] {
            calibration.fold(score: score, isPositive: isPositive)
        }
        #expect(isClose(calibration.error, (0.9 + 0.05) / 4))
    }
}
