import Statistics
import Testing

/// Tests of pairs, groups and families of tests against pinned SciPy and statsmodels; `Golden/make_pairs.py` made the values.
struct PairedTests {
    private func golden() throws -> JSONValue { try JSONValue(PackageResources.pairs_json) }

    @Test func `McNemar's test is that of SciPy, by the method that it names`() throws {
        let rows = try golden()["mcnemar"].array
        #expect(rows.count == 15)
        for row in rows {
            let (first, second) = (try #require(row["first"].int), try #require(row["second"].int))
            let test = McNemar(onlyFirst: first, onlySecond: second)
            #expect(isClose(test.pValue, row[test.method.rawValue].number, relative: 1e-9), "\(first), \(second)")
            #expect(McNemar(onlyFirst: second, onlySecond: first).pValue == test.pValue)
        }
    }

    @Test(arguments: [
        (0, 24, McNemar.Method.exact), (10, 15, .midP), (5000, 5000, .midP), (5000, 5001, .chiSquared),
    ])
    func `the method follows from how many rows tell anything`(first: Int, second: Int, method: McNemar.Method) {
        #expect(McNemar(onlyFirst: first, onlySecond: second).method == method)
    }

    @Test func `DeLong's test is that of its definition, in any order of rows`() throws {
        for one in try golden()["delong"].array {
            let scores = zip(one["first"].numbers, one["second"].numbers)
            let rows = zip(scores, one["label"].ints).map {
                DeLong.Row(first: $0.0, second: $0.1, isPositive: $1 == 1)
            }
            let test = try #require(DeLong(rows))
            #expect(isClose(test.firstArea, one["a"].number, relative: 1e-12))
            #expect(isClose(test.secondArea, one["b"].number, relative: 1e-12))
            #expect(isClose(test.variance, one["variance"].number, relative: 1e-9, absolute: 1e-15))
            #expect(isClose(test.pValue, one["p"].number, relative: 1e-9))
            var generator = SeededGenerator(seed: 7)
            #expect(DeLong(rows.shuffled(using: &generator)) == test)
        }
    }

    @Test func `two scores that order rows alike have no difference`() throws {
        let rows = (0..<40).map { DeLong.Row(first: Double($0), second: Double($0) / 3, isPositive: $0 % 3 == 0) }
        let test = try #require(DeLong(rows))
        #expect(test.difference == 0)
        #expect(test.variance == 0)
        #expect(test.statistic == nil)
        #expect(test.pValue == 1)
    }

    @Test(arguments: [0, 1])
    func `without two rows of each class there is no test of areas`(positives: Int) {
        let rows = (0..<5).map { DeLong.Row(first: 0.1, second: 0.2, isPositive: $0 < positives) }
        #expect(DeLong(rows) == nil)
        #expect(DeLong([DeLong.Row(first: .nan, second: 0, isPositive: true)] + rows + rows) == nil)
    }

    @Test func `differences of shares have Newcombe's interval`() throws {
        for one in try golden()["newcombe"].array {
            let counts = ["x", "n", "y", "m"].compactMap { one[$0].int }
            let interval = Interval.difference(
                WeightedShare(counts[0], of: counts[1]), minus: WeightedShare(counts[2], of: counts[3]))
            #expect(isClose(interval?.low, one["low"].number), "\(counts)")
            #expect(isClose(interval?.high, one["high"].number), "\(counts)")
        }
    }

    @Test func `a slice is tested against the rest by the pooled score test`() throws {
        for one in try golden()["score_test"].array {
            let counts = ["x", "n", "y", "m"].compactMap { one[$0].int }
            let low = SliceContrast(
                WeightedShare(counts[0], of: counts[1]), rest: WeightedShare(counts[2], of: counts[3]))
            #expect(isClose(low?.pValue, one["p"].number, relative: 1e-9))
            let high = SliceContrast(
                WeightedShare(counts[0], of: counts[1]), rest: WeightedShare(counts[2], of: counts[3]), isLowBad: false)
            #expect(isClose(high.map { 1 - $0.pValue }, one["p"].number, relative: 1e-9))
        }
    }

    @Test func `paired means have the mean, interval and p-value of the differences, in any order`() throws {
        for one in try golden()["paired_means"].array {
            let rows = Array(zip(one["first"].numbers, one["second"].numbers))
            var (sums, backwards) = (PairedMeans(), PairedMeans())
            for (first, second) in rows { sums.fold(first: first, second: second) }
            for (first, second) in rows.reversed() { backwards.fold(first: first, second: second) }
            #expect(sums == backwards)
            #expect(isClose(sums.difference, one["difference"].number))
            #expect(isClose(sums.interval?.low, one["low"].number))
            #expect(isClose(sums.interval?.high, one["high"].number))
            #expect(isClose(sums.pValue, one["p"].number, relative: 1e-7))
        }
    }

    @Test func `false discoveries are held down as SciPy does`() throws {
        for one in try golden()["false_discovery"].array {
            let adjusted = FalseDiscovery.adjusted(one["p"].numbers)
            for (mine, theirs) in zip(adjusted, one["adjusted"].numbers) { #expect(isClose(mine, theirs)) }
            #expect(adjusted.count == one["p"].numbers.count)
        }
        #expect(FalseDiscovery.adjusted([]).isEmpty)
    }

    /// The interval holds the true difference as often as promised, also for few rows and lopsided shares.
    @Test(arguments: [(20, 0.3, 0.2), (60, 0.1, 0.02), (200, 0.25, 0.25)])
    func `the interval of a paired difference of shares covers`(count: Int, onlySecond: Double, onlyFirst: Double) {
        var generator = SeededGenerator(seed: count)
        var held = 0
        let rounds = 4000
        for _ in 0..<rounds {
            var (first, second) = (0, 0)
            for _ in 0..<count {
                let draw = Double.random(in: 0..<1, using: &generator)
                if draw < onlySecond { second += 1 } else if draw < onlySecond + onlyFirst { first += 1 }
            }
            let shares = PairedRows(onlyFirst: first, onlySecond: second, count: count).flatMap(PairedShares.init)
            if shares?.interval?.contains(onlySecond - onlyFirst) == true { held += 1 }
        }
        #expect((0.93...0.985).contains(Double(held) / Double(rounds)), "\(Double(held) / Double(rounds))")
    }

    @Test func `without rows nothing is said of a pair`() {
        #expect(PairedRows(onlyFirst: 0, onlySecond: 0, count: 0).flatMap(PairedShares.init) == nil)
        #expect(PairedRows(onlyFirst: 3, onlySecond: 3, count: 5) == nil)
        let none = PairedMeans()
        #expect(none.difference == nil && none.interval == nil && none.pValue == nil)
        var one = PairedMeans()
        one.fold(first: 1, second: 2)
        one.fold(first: .nan, second: 2)
        #expect(one.count == 1 && one.difference == 1 && one.interval == nil && one.pValue == nil)
    }

    @Test(arguments: [(1.0, true, 0.0), (0, true, 36.04365338911715), (0.5, false, 0.6931471805599453)])
    func `log loss clips as elsewhere`(probability: Double, isPositive: Bool, loss: Double) {
        #expect(isClose(PairedLosses.logLoss(probability: probability, isPositive: isPositive), loss, absolute: 1e-12))
        #expect(PairedLosses.logLoss(probability: 1.5, isPositive: isPositive).isNaN)
        #expect(PairedLosses.brier(probability: -0.5, isPositive: isPositive).isNaN)
    }
}
