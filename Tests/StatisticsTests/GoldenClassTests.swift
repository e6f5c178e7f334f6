import Statistics
import Testing

/// Models with many classes, calibration and fairness beside pinned scikit-learn, NumPy and fairlearn; see
/// `Golden/make_class_scores.py`.
struct GoldenClassTests {
    private func golden() throws -> JSONValue { try JSONValue(PackageResources.class_scores_json) }

    private func rows(_ one: JSONValue, own: String) throws -> [RowScores] {
        let names = try one["classes"].array.map { ByteText(try #require($0.text)) }
        return try zip(one["scores"].array, one[own].array).map { scores, own in
            RowScores(
                own: ByteText(try #require(own.text)),
                scores: zip(names, scores.numbers).map { (name: $0, score: $1) })
        }
    }

    @Test(arguments: 0..<5)
    func `each class against the rest has scikit-learn's areas, and so have their means`(index: Int) throws {
        let one = try golden()["areas"][index]
        var scores = ClassScores()
        for part in try rows(one, own: "actual") { scores.fold([part]) }
        let areas = ClassAreas(scores)
        #expect(areas.parts.count == one["classes"].array.count)
        // Multiples of 1/64 have cells of their own; other scores are off by no more than the bound.
        let isExact = one["exact"].bool == true
        func expect(_ value: Double?, _ bound: Double?, _ golden: Double?, _ comment: Comment) throws {
            let (value, golden) = (try #require(value, comment), try #require(golden, comment))
            #expect((value - golden).magnitude <= (isExact ? 1e-12 : try #require(bound)), comment)
        }
        for (place, part) in areas.parts.enumerated() {
            try expect(part.rocAUC?.value, part.rocAUCBound, one["roc_auc"][place].number, "roc \(place)")
            try expect(
                part.averagePrecision?.value, part.averagePrecisionBound, one["pr_auc"][place].number, "pr \(place)")
        }
        for (name, area) in [("roc_auc", ClassAreas.Area.roc), ("pr_auc", .precision)] {
            let (macro, weighted) = (areas.macro(area), areas.weighted(area))
            try expect(macro?.value, areas.macroBound(area), one["\(name)_macro"].number, "\(name) macro")
            try expect(weighted?.value, areas.weightedBound(area), one["\(name)_weighted"].number, "\(name) weighted")
            #expect(try #require(macro?.interval).contains(try #require(macro?.value)))
            #expect(try #require(weighted?.interval).width > 0)
        }
    }

    @Test func `accuracy at every k up to ten is scikit-learn's`() throws {
        let one = try golden()["places"]
        var ranks = RankCounts()
        for rank in one["rank"].ints { ranks.fold(rank: rank) }
        for (index, expected) in one["accuracy_at"].numbers.enumerated() {
            #expect(isClose(ranks.accuracy(at: index + 1)?.value, expected), "\(index + 1)")
        }
        #expect(one["accuracy_at"].numbers.count == RankCounts.most)
    }

    @Test func `the expected calibration error is that of the formula`() throws {
        for one in try golden()["calibration"].array {
            var calibration = Calibration()
            for (score, actual) in zip(one["score"].numbers, one["actual"].ints) {
                calibration.fold(score: score, isPositive: actual == 1)
            }
            #expect(isClose(calibration.error, one["error"].number, relative: 1e-12))
        }
    }

    @Test func `scores that mean what they say give the expected measures of the formula`() throws {
        let one = try golden()["expected"]
        // Of any two classes as many rows as their scores say.
        var reference = ClassScores()
        for (left, right) in [("a", "b"), ("c", "d")] as [(ByteText, ByteText)] {
            for step in 0...64 {
                let share = Double(step) / 64
                let scores = [(name: left, score: share), (name: right, score: 1 - share)]
                reference.fold([
                    RowScores(own: left, scores: scores, times: step * 10_000),
                    RowScores(own: right, scores: scores, times: (64 - step) * 10_000),
                ])
            }
        }
        let calibrators = try #require(ClassCalibrators(reference))
        var window = ClassScores()
        window.fold(try rows(one, own: "prediction"))
        let estimates = try #require(ClassEstimates(window, calibrators: calibrators))
        let names: [(String, ClassEstimates.Ratio)] = [
            ("precision", .precision), ("recall", .recall), ("f1", .f1), ("roc_auc", .rocAUC),
            ("pr_auc", .averagePrecision),
        ]
        #expect(names.count == ClassEstimates.Ratio.allCases.count)
        for (name, ratio) in names {
            let estimate = try #require(estimates.macro(ratio))
            #expect(isClose(estimate.value, one[name].number), "\(name)")
            #expect(try #require(estimate.interval).width > 0, "\(name)")
        }
    }

    @Test func `gaps between groups are fairlearn's`() throws {
        for one in try golden()["gaps"].array {
            var counts: [ByteText: ConfusionCounts] = [:]
            for (group, (actual, prediction)) in zip(
                one["group"].array, zip(one["actual"].ints, one["prediction"].ints))
            {
                counts[ByteText(try #require(group.text)), default: ConfusionCounts()].fold(
                    predicted: ByteText("\(prediction)"), actual: ByteText("\(actual)"))
            }
            let groups = counts.mapValues { GroupOutcomes(.init($0, positive: "1", predicted: nil)) }
            func difference(_ rate: FairnessRate) throws -> Double {
                try #require(FairnessGap(rate, groups: groups, smallest: 1)).difference
            }
            #expect(isClose(try difference(.selection), one["demographic_parity_difference"].number))
            #expect(isClose(try difference(.truePositive), one["equal_opportunity_difference"].number))
            #expect(
                isClose(
                    max(try difference(.truePositive), try difference(.falsePositive)),
                    one["equalized_odds_difference"].number))
            let selection = try #require(FairnessGap(.selection, groups: groups, smallest: 1))
            #expect(isClose(selection.ratio, one["demographic_parity_ratio"].number))
        }
    }
}
