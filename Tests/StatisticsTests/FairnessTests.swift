import Statistics
import Testing

struct FairnessTests {
    private static func group(_ positive: Int, of count: Int, _ confusion: (Int, Int, Int, Int) = (0, 0, 0, 0))
        -> GroupOutcomes
    {
        GroupOutcomes(
            .init(
                predictions: count, predictedPositive: positive, truePositives: confusion.0,
                falsePositives: confusion.1, falseNegatives: confusion.2, trueNegatives: confusion.3))
    }

    private static let groups: [ByteText: GroupOutcomes] = [
        "a": group(60, of: 100, (40, 10, 10, 40)), "b": group(30, of: 100, (15, 5, 35, 45)),
        "c": group(50, of: 100, (30, 30, 20, 20)), "tiny": group(1, of: 1, (1, 0, 0, 0)),
    ]

    @Test(arguments: [
        (FairnessRate.selection, "a", "b", 0.3, 0.5), (.truePositive, "a", "b", 0.5, 0.375),
        (.falsePositive, "c", "b", 0.5, 1.0 / 6), (.accuracy, "a", "c", 0.3, 0.625),
    ])
    func `the widest gap is that of the extremes among groups with enough rows`(
        rate: FairnessRate, high: ByteText, low: ByteText, difference: Double, ratio: Double
    ) throws {
        let gap = try #require(FairnessGap(rate, groups: Self.groups, smallest: 20))
        #expect(gap.high == high && gap.low == low)
        #expect(isClose(gap.difference, difference))
        #expect(isClose(gap.ratio, ratio))
        let interval = try #require(gap.interval)
        #expect(interval.contains(gap.difference))
        #expect(try #require(gap.pValue) < 0.01)
    }

    @Test func `a reference group is compared with the group farthest from it`() throws {
        let gap = try #require(FairnessGap(.selection, groups: Self.groups, smallest: 20, reference: "a"))
        #expect(gap.high == "b" && gap.low == "a")
        #expect(isClose(gap.difference, -0.3))
        #expect(FairnessGap(.selection, groups: Self.groups, smallest: 20, reference: "tiny") == nil)
        #expect(FairnessGap(.selection, groups: Self.groups, smallest: 20, reference: "none") == nil)
    }

    @Test func `one group makes no gap, and groups without a positive row no ratio`() throws {
        #expect(FairnessGap(.selection, groups: ["a": Self.group(1, of: 100)], smallest: 1) == nil)
        #expect(FairnessGap(.selection, groups: [:], smallest: 0) == nil)
        let none = try #require(
            FairnessGap(.selection, groups: ["a": Self.group(0, of: 50), "b": Self.group(0, of: 50)], smallest: 1))
        #expect(none.ratio == nil)
        #expect(none.difference == 0)
        #expect(none.pValue != 0)
    }

    @Test func `groups whose names differ only in their Unicode form stay apart`() throws {
        let groups: [ByteText: GroupOutcomes] = [
            "\u{E9}": Self.group(90, of: 100), "e\u{301}": Self.group(10, of: 100),
        ]
        let gap = try #require(FairnessGap(.selection, groups: groups, smallest: 30))
        #expect(isClose(gap.difference, 0.8))
        #expect(gap.high == "\u{E9}")
    }

    @Test func `a confusion matrix of several classes is seen as one class against the rest`() {
        var confusion = ConfusionCounts()
        confusion.fold(predicted: "x", actual: "x", times: 3)
        confusion.fold(predicted: "x", actual: "y", times: 2)
        confusion.fold(predicted: "z", actual: "x", times: 4)
        confusion.fold(predicted: "z", actual: "y", times: 5)
        confusion.fold(predicted: "y", actual: "y", times: 1)
        let outcomes = GroupOutcomes.Counts(confusion, positive: "x", predicted: nil)
        #expect(outcomes.rate(.selection) == (5, 15))
        #expect(outcomes.rate(.truePositive) == (3, 7))
        #expect(outcomes.rate(.falsePositive) == (2, 8))
        #expect(outcomes.rate(.precision) == (3, 5))
        #expect(outcomes.rate(.accuracy) == (9, 15))
        #expect(GroupOutcomes.Counts(confusion, positive: "x", predicted: (100, 40)).rate(.selection) == (40, 100))
    }

    @Test func `groups of a regression differ in their mean error`() throws {
        func residuals(_ shift: Double) -> Residuals {
            var residuals = Residuals(scale: FixedPointScale(largestMagnitude: 100))
            for row in 0..<50 {
                residuals.fold(prediction: Double(row) + shift + (row % 2 == 0 ? 1 : -1), actual: Double(row))
            }
            return residuals
        }
        let groups = [("a", 0.0), ("b", 3.0), ("c", -2.0)].compactMap {
            MeanGap.Group(name: ByteText($0.0), residuals: residuals($0.1))
        }
        let gap = try #require(MeanGap(groups, smallest: 30))
        #expect(gap.high == "b" && gap.low == "c" && isClose(gap.difference, 5))
        // The errors are +-1 around the shift: each mean has the variance 1 / 49.
        let reach = 1.959963984540054 * (2.0 / 49).squareRoot()
        #expect(isClose(gap.interval?.low, 5 - reach))
        let against = try #require(MeanGap(groups, smallest: 30, reference: "a"))
        #expect(against.high == "b" && against.low == "a")
        #expect(MeanGap(groups, smallest: 51) == nil)
        #expect(MeanGap.Group(name: "empty", residuals: Residuals()) == nil)
    }

    @Test func `a slice with larger absolute errors than the rest stands out`() throws {
        var (slice, rest, same) = (Residuals(), Residuals(), Residuals())
        for row in 0..<200 {
            let error = Double(row % 5) - 2
            slice.fold(prediction: 2 * error, actual: 0)
            rest.fold(prediction: error, actual: 0)
            same.fold(prediction: -error, actual: 0)
        }
        let worse = try #require(SliceContrast(absoluteErrors: slice, rest: rest))
        #expect(isClose(worse.difference, 1.2) && worse.pValue < 1e-6)
        let equal = try #require(SliceContrast(absoluteErrors: same, rest: rest))
        #expect(equal.difference == 0 && isClose(equal.pValue, 0.5))
        #expect(SliceContrast(absoluteErrors: Residuals(), rest: rest) == nil)
        #expect(SliceContrast(WeightedShare(0, of: 0), rest: WeightedShare(1, of: 2)) == nil)
        #expect(SliceContrast(WeightedShare(5, of: 5), rest: WeightedShare(7, of: 7))?.pValue == 0.5)
    }
}
