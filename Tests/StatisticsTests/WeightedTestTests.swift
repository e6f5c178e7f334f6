import Statistics
import Testing

/// Tests and intervals of rows that weigh unlike; `Golden/make_weighted_pairs.py` made the values.
struct WeightedTestTests {
    private func golden() throws -> [JSONValue] { try JSONValue(PackageResources.weighted_pairs_json)["cases"].array }

    /// A row of a case with its weight in parts.
    private struct Row {
        let first: Double
        let second: Double
        let isPositive: Bool
        let parts: Int
    }

    private func rows(_ one: JSONValue) -> [Row] {
        zip(zip(one["first"].numbers, one["second"].numbers), zip(one["label"].ints, one["weight"].numbers)).map {
            Row(first: $0.0, second: $0.1, isPositive: $1.0 == 1, parts: Int($1.1 * 1024))
        }
    }

    @Test func `areas and their difference go by weight, in any order of rows`() throws {
        for one in try golden() {
            let rows = rows(one).map {
                DeLong.Row(first: $0.first, second: $0.second, isPositive: $0.isPositive, parts: $0.parts)
            }
            let test = try #require(DeLong(rows))
            #expect(isClose(test.firstArea, one["a"].number, relative: 1e-12))
            #expect(isClose(test.secondArea, one["b"].number, relative: 1e-12))
            #expect(isClose(test.variance, one["variance"].number, relative: 1e-9))
            var generator = SeededGenerator(seed: 7)
            #expect(DeLong(rows.shuffled(using: &generator)) == test)
        }
    }

    @Test func `right answers and losses are compared by weight`() throws {
        for one in try golden() {
            var (pairs, losses) = (PairedRows(), PairedMeans())
            for row in rows(one) {
                let right = [row.first, row.second].map { ($0 >= 0.5) == row.isPositive }
                pairs.fold(first: right[0], second: right[1], parts: row.parts)
                let truth = row.isPositive ? 1.0 : 0
                losses.fold(
                    first: (row.first - truth) * (row.first - truth),
                    second: (row.second - truth) * (row.second - truth),
                    parts: row.parts)
            }
            let test = McNemar(pairs)
            #expect(test.method == .weighted)
            let isEnough = try #require(one["telling"].number) >= 25
            #expect(isClose(test.pValue, isEnough ? one["mcnemar"].number : nil, relative: 1e-9))
            #expect(isClose(PairedShares(pairs)?.difference, one["accuracy"].number, relative: 1e-12))
            #expect(isClose(losses.difference, one["mean"].number, relative: 1e-12))
            let interval = try #require(losses.interval)
            let variance = try #require(one["mean_variance"].number)
            #expect(isClose(interval.width, 2 * Interval.quantile * variance.squareRoot(), relative: 1e-9))
        }
    }

    @Test(arguments: [512, 1024, 7000])
    func `equal weights change no test`(parts: Int) throws {
        let one = try #require(try golden().first)
        var (even, plain) = (PairedRows(), PairedRows())
        var (weighed, means) = (PairedMeans(), PairedMeans())
        var (areas, others): ([DeLong.Row], [DeLong.Row]) = ([], [])
        for row in rows(one) {
            let right = [row.first, row.second].map { ($0 >= 0.5) == row.isPositive }
            even.fold(first: right[0], second: right[1], parts: parts)
            plain.fold(first: right[0], second: right[1])
            weighed.fold(first: row.first, second: row.second, parts: parts)
            means.fold(first: row.first, second: row.second)
            areas.append(.init(first: row.first, second: row.second, isPositive: row.isPositive, parts: parts))
            others.append(.init(first: row.first, second: row.second, isPositive: row.isPositive))
        }
        #expect(McNemar(even) == McNemar(plain))
        #expect(isClose(PairedShares(even)?.interval?.low, PairedShares(plain)?.interval?.low, relative: 1e-12))
        #expect(isClose(weighed.pValue, means.pValue, relative: 1e-9))
        #expect(isClose(DeLong(areas)?.variance, DeLong(others)?.variance, relative: 1e-9))
    }

    @Test func `one row that outweighs all others tells nothing`() {
        var pairs = PairedRows()
        for row in 0..<40 { pairs.fold(first: row % 2 == 0, second: row % 2 == 1, parts: row == 0 ? 1 << 30 : 1) }
        #expect(McNemar(pairs).pValue == nil)
        let heavy = (0..<40).map {
            DeLong.Row(first: Double($0), second: 0, isPositive: $0 < 20, parts: $0 % 20 == 0 ? 1 << 30 : 1)
        }
        // A positive and a negative row are all there is: no wonder, so no certainty either.
        #expect(DeLong(heavy).map { $0.pValue ?? 1 > 0.05 } ?? true)
    }

    /// Two classifiers that are right equally often, on rows whose weights have nothing to do with it.
    @Test func `tests of weighted rows keep their level`() {
        var generator = SeededGenerator(seed: 3)
        let rounds = 2000
        var (alarms, held, groups) = (0, 0, 0)
        for _ in 0..<rounds {
            var (pairs, shares) = (PairedRows(), [(0, 0), (0, 0)])
            var (weights, sides) = ([WeighedRows(), WeighedRows()], [(0.0, 0.0), (0.0, 0.0)])
            for row in 0..<400 {
                let parts = Int.random(in: 0..<5, using: &generator) == 0 ? 8 * 1024 : 1024
                let draw = Int.random(in: 0..<10, using: &generator)
                pairs.fold(first: draw < 8, second: draw > 1, parts: parts)
                let side = row % 2
                let isHit = draw < 3
                shares[side] = (shares[side].0 + (isHit ? 1 : 0), shares[side].1 + 1)
                weights[side].add(parts: parts)
                sides[side].0 += isHit ? Double(parts) / 1024 : 0
                sides[side].1 += Double(parts) / 1024
            }
            if McNemar(pairs).pValue ?? 1 <= 0.05 { alarms += 1 }
            if PairedShares(pairs)?.interval?.contains(0) == true { held += 1 }
            let both = (0..<2).map { side in
                WeightedShare(
                    rows: (shares[side].0, shares[side].1), weights: sides[side],
                    unit: weights[side].effective / sides[side].1)
            }
            if Homogeneity.pValue(both) ?? 1 <= 0.05 { groups += 1 }
        }
        #expect((0.035...0.065).contains(Double(alarms) / Double(rounds)), "\(alarms)")
        #expect((0.935...0.97).contains(Double(held) / Double(rounds)), "\(held)")
        #expect((0.035...0.065).contains(Double(groups) / Double(rounds)), "\(groups)")
    }

    @Test func `a share by weight is worth its effective rows`() throws {
        let share = WeightedShare(rows: (1, 2), weights: (3, 4), unit: 0.4)
        #expect(share.value == 0.75)
        #expect(isClose(share.effectiveCount, 1.6))
        #expect(share.interval == Interval.share(hits: 1.2000000000000002, of: 1.6))
        let rest = WeightedShare(rows: (5, 9), weights: (7, 11), unit: 0.4).without(share)
        #expect(rest == WeightedShare(rows: (4, 7), weights: (4, 7), unit: 0.4))
        #expect(WeightedShare.none.value == nil && WeightedShare.none.interval == nil)
        // Groups whose weighted shares are equal have no gap, whatever the rows say.
        let groups: [ByteText: GroupOutcomes] = ["a": Self.group(20, 40, 30, 40), "b": Self.group(30, 40, 30, 40)]
        let gap = try #require(FairnessGap(.selection, groups: groups, smallest: 20))
        #expect(gap.difference == 0)
        #expect(gap.pValue == 1)
        #expect(FairnessGap(.selection, groups: groups, smallest: 21) == nil)
    }

    private static func group(_ hits: Int, _ count: Int, _ hitWeight: Int, _ weight: Int) -> GroupOutcomes {
        func counts(_ hits: Int, _ all: Int) -> GroupOutcomes.Counts {
            .init(
                predictions: all, predictedPositive: hits, truePositives: 0, falsePositives: 0, falseNegatives: 0,
                trueNegatives: 0)
        }
        return GroupOutcomes(
            counts(hits, count),
            weights: .init(counts(hitWeight, weight), parts: 1, predictionUnit: 0.5, labelUnit: 1))
    }
}
