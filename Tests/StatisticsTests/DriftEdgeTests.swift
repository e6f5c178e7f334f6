import Statistics
import Testing

/// Columns on which measures have no value, and what tests do with weights.
struct DriftEdgeTests {
    private static let columns: [(name: String, reference: [Double], window: [Double])] = [
        ("constant", [3, 3, 3, 3], [3, 3, 3]), ("constant and moved", [3, 3, 3, 3], [4, 4]),
        ("all null", [1, 2, 3], [.nan, .nan]), ("no reference values", [.nan], [1, 2]), ("one row", [1], [2]),
        ("one row each side, equal", [1], [1]), ("infinities", [1, 2, 3, 4], [.infinity, -.infinity, 2]),
        ("only infinities", [1, 2, 3, 4], [.infinity, .infinity]),
        ("zeros of both signs", [0, -0.0, 0, 1], [-0.0, 0]),
        (
            "subnormal",
            [Double.leastNonzeroMagnitude, (2 * Double.leastNonzeroMagnitude), (3 * Double.leastNonzeroMagnitude)],
            [(2 * Double.leastNonzeroMagnitude), (5 * Double.leastNonzeroMagnitude)]
        ),
        ("huge", [1.7e308, -1.7e308, 1e308], [-1.7e308, 1.7e308, 0]), ("beyond the sums", [1, 2, 3], [1e300, 2]),
        ("ties", [1, 1, 1, 2, 2], [1, 2, 2, 2]),
    ]

    @Test(arguments: columns)
    func `a measure is a number or nothing`(name: String, reference: [Double], window: [Double]) {
        let pair = ColumnComparison(reference: reference, window: window)
        let (cells, others) = (pair.reference.cells, pair.window.cells)
        var found: [Double?] = []
        let all = GridComparison(reference: cells, window: others, grid: pair.grid, closing: .right)
        found += [all?.kolmogorovSmirnov.statistic, all?.kolmogorovSmirnov.pValue, all?.kolmogorovSmirnov.exactPValue]
        found += [all?.cramerVonMises?.statistic, all?.cramerVonMises?.pValue, all?.cramerVonMises?.errorBound]
        found += [all?.andersonDarling?.statistic, all?.andersonDarling?.pValue, all?.andersonDarling?.errorBound]
        found += [all?.energy?.distance, all?.energy?.errorBound, all?.wasserstein?.errorBound]
        let mean = MeanShift(reference: pair.reference.moments, window: pair.window.moments)
        let spread = SpreadShift(reference: pair.reference, window: pair.window, grid: pair.grid)
        found += [mean?.shift, mean?.pValue, spread?.logRatio, spread?.pValue]
        if let counts = PeerBins.evidently(reference: cells, window: others, grid: pair.grid) {
            let shares = EvidentlyShares(counts)
            found += [shares?.populationStability, shares?.kullbackLeibler, shares?.jensenShannon, shares?.hellinger]
        }
        if let counts = PeerBins.nannyML(reference: cells, window: others, grid: pair.grid) {
            found += [JensenShannon.distance(of: counts), KullbackLeibler.value(of: counts, zeroPolicy: .half)]
        }
        #expect(found.allSatisfy { $0?.isFinite != false })
        if pair.window.count == 0 || pair.reference.count == 0 { #expect(found.allSatisfy { $0 == nil }) }
    }

    @Test func `a reference that does not vary has no shift`() {
        let pair = ColumnComparison(reference: [3, 3, 3, 3], window: [4, 5])
        #expect(MeanShift(reference: pair.reference.moments, window: pair.window.moments) == nil)
        #expect(SpreadShift(reference: pair.reference, window: pair.window, grid: pair.grid) == nil)
        let alone = ColumnComparison(reference: [3, 3, 3, 3], window: [3, 3])
        #expect(AndersonDarling(reference: alone.reference.cells, window: alone.window.cells) == nil)
    }

    @Test func `a value too large for sums leaves ranks alone`() {
        let pair = ColumnComparison(reference: [1, 2, 3, 4], window: [1, 2, .infinity, 4])
        #expect(pair.wasserstein == nil)
        #expect(EnergyDistance(reference: pair.reference.cells, window: pair.window.cells, grid: pair.grid) == nil)
        #expect(CramerVonMises(reference: pair.reference.cells, window: pair.window.cells) != nil)
    }

    @Test(arguments: [1, 2, 1024])
    func `rows that all weigh the same are rows`(unit: Int) throws {
        let (reference, window) = ([40, 30, 0, 5], [9, 30, 8, 1])
        let plain = PairedCounts(reference: reference, window: window)
        let heavy = PairedCounts(reference: reference.map { $0 * unit }, window: window.map { $0 * unit }, unit: unit)
        #expect(isClose(ChiSquared(heavy)?.statistic, ChiSquared(plain)?.statistic))
        #expect(isClose(ChiSquared(heavy, sizes: plain.sizes)?.statistic, ChiSquared(plain)?.statistic))
        #expect(isClose(GTest(heavy)?.pValue, GTest(plain)?.pValue))
        #expect(isClose(CramersV.value(of: heavy), CramersV.value(of: plain)))
        for policy in ZeroPolicy.allCases {
            #expect(
                isClose(
                    PopulationStability.value(of: heavy, zeroPolicy: policy),
                    PopulationStability.value(of: plain, zeroPolicy: policy)))
        }
        #expect(
            isClose(
                KullbackLeibler.value(of: heavy, zeroPolicy: .half), KullbackLeibler.value(of: plain, zeroPolicy: .half)
            ))
    }

    @Test func `fewer effective rows make a test less sure`() throws {
        let counts = PairedCounts(reference: [400, 300], window: [200, 300])
        let half = SampleSizes(reference: 350, window: 250)
        let (all, some) = (try #require(ChiSquared(counts)), try #require(ChiSquared(counts, sizes: half)))
        #expect(isClose(some.statistic, all.statistic / 2))
        #expect(some.pValue > all.pValue)
        let (sure, unsure) = (try #require(GTest(counts)), try #require(GTest(counts, sizes: half)))
        #expect(isClose(unsure.statistic, sure.statistic / 2))
        let pair = ColumnComparison(
            reference: (0..<200).map { Double($0) }, window: (0..<100).map { Double($0) * 2.2 + 9 })
        let sizes = SampleSizes(reference: 100, window: 50)
        let (cells, others) = (pair.reference.cells, pair.window.cells)
        let (ks, weak) = (
            try #require(pair.ks), try #require(KolmogorovSmirnov(reference: cells, window: others, sizes: sizes))
        )
        #expect(weak.statistic == ks.statistic && weak.exactPValue == nil)
        #expect(try #require(weak.pValue) > #require(ks.pValue))
        let squares = try #require(CramerVonMises(reference: cells, window: others)?.pValue)
        #expect(try #require(CramerVonMises(reference: cells, window: others, sizes: sizes)?.pValue) > squares)
        let mean = try #require(MeanShift(reference: pair.reference.moments, window: pair.window.moments)?.pValue)
        let less = MeanShift(reference: pair.reference.moments, window: pair.window.moments, sizes: sizes)
        #expect(try #require(less?.pValue) > mean)
        #expect(KolmogorovSmirnov.pValue(0.1, SampleSizes(reference: 0, window: 3)) == nil)
    }

    @Test func `bins of other tools need edges that are cut points`() {
        let values = (0..<900).map { Double($0 * $0 % 901) }
        let coarse = ColumnComparison(reference: values, window: values, limit: 100)
        #expect(coarse.grid.equalWidths == .none)
        #expect(
            PeerBins.nannyML(reference: coarse.reference.cells, window: coarse.window.cells, grid: coarse.grid) == nil)
        let fine = ColumnComparison(reference: values, window: values, limit: 300)
        #expect(fine.grid.count <= 300)
        #expect(PeerBins.nannyML(reference: fine.reference.cells, window: fine.window.cells, grid: fine.grid) != nil)
        #expect(PeerBins.evidently(reference: fine.reference.cells, window: fine.window.cells, grid: fine.grid) != nil)
    }
}
