import Statistics
import Testing

struct DistanceTests {
    @Test func `equal columns are at no distance`() {
        let values = (0..<100).map { Double($0 * $0 % 37) }
        let pair = ColumnComparison(reference: values, window: values)
        let counts = pair.bins(.right).counts
        #expect(pair.ks == KolmogorovSmirnov(reference: pair.reference.cells, window: pair.reference.cells))
        #expect(pair.ks?.statistic == 0)
        #expect(pair.ks?.pValue == 1)
        #expect(pair.wasserstein?.distance == 0)
        #expect(pair.wasserstein?.errorBound == 0)
        #expect(PopulationStability.value(of: counts, zeroPolicy: .half) == 0)
        #expect(JensenShannon.distance(of: counts) == 0)
        #expect(Hellinger.distance(of: counts) == 0)
        #expect(TotalVariation.distance(of: counts) == 0)
        #expect(LInfinity.distance(of: counts) == 0)
    }

    @Test func `columns apart are at the greatest distance`() {
        let pair = ColumnComparison(reference: [1, 2, 3], window: [11, 12, 13])
        #expect(pair.ks?.statistic == 1)
        #expect(isClose(pair.wasserstein?.distance, 10))
        let counts = PairedCounts(reference: [5, 0], window: [0, 9])
        #expect(isClose(JensenShannon.distance(of: counts), 1))
        #expect(isClose(Hellinger.distance(of: counts), 1))
        #expect(TotalVariation.distance(of: counts) == 1)
        #expect(LInfinity.distance(of: counts) == 1)
        #expect(PopulationStability.value(of: counts, zeroPolicy: .none) == nil)
    }

    @Test(arguments: [PairedCounts(reference: [0, 0], window: [1, 2]), PairedCounts(reference: [3], window: [0])])
    func `an empty side has no distance`(counts: PairedCounts) {
        #expect(ZeroPolicy.allCases.allSatisfy { PopulationStability.value(of: counts, zeroPolicy: $0) == nil })
        #expect(JensenShannon.distance(of: counts) == nil)
        #expect(Hellinger.distance(of: counts) == nil)
        #expect(TotalVariation.distance(of: counts) == nil)
        #expect(LInfinity.distance(of: counts) == nil)
        #expect(ChiSquared(counts) == nil)
    }

    @Test func `one category gives a test without a difference`() throws {
        let test = try #require(ChiSquared(PairedCounts(reference: [5, 0], window: [9, 0])))
        #expect(test.statistic == 0)
        #expect(test.pValue == 1)
        #expect(test.degreesOfFreedom == 0)
    }

    @Test func `distances near 0 do not drown in rounding`() {
        let counts = PairedCounts(reference: [1_000_000_000, 1_000_000_001], window: [1_000_000_001, 1_000_000_000])
        // Shares of about 1/2 differ by 5e-10: the distances are that over sqrt(2) and over sqrt(2 ln 2).
        #expect(isClose(Hellinger.distance(of: counts), 5e-10 / 1.4142135623730951, relative: 1e-8, absolute: 0))
        #expect(isClose(JensenShannon.distance(of: counts), 5e-10 / 1.1774100225154747, relative: 1e-8, absolute: 0))
    }

    @Test func `a constant reference is compared without a bin width`() throws {
        let pair = ColumnComparison(reference: [3, 3, 3], window: [3, 4])
        #expect(pair.ks?.statistic == 0.5)
        #expect(isClose(pair.wasserstein?.distance, 0.5))
        #expect(try #require(pair.wasserstein).normalised(by: pair.reference.moments.std) == nil)
        #expect(pair.bins(.left).bins.map(\.window) == [0, 2])
        #expect(pair.bins(.right).bins.map(\.window) == [1, 1])
    }

    @Test func `one row on each side is compared`() {
        let pair = ColumnComparison(reference: [1], window: [4])
        #expect(pair.ks?.statistic == 1)
        #expect(pair.ks?.pValue == nil)
        #expect(isClose(pair.wasserstein?.distance, 3))
    }

    @Test func `a value too large to be summed leaves the test and takes the area`() {
        let pair = ColumnComparison(reference: [1, 2, 3], window: [1, 2, 1e200])
        #expect(isClose(pair.ks?.statistic, 1.0 / 3))
        #expect(pair.wasserstein == nil)
        #expect(pair.window.moments.mean == nil)
    }

    @Test func `edges of bins are open at the ends`() {
        let pair = ColumnComparison(reference: [1, 2], window: [1])
        #expect(pair.bins(.left).bins.first?.low == nil)
        #expect(pair.bins(.left).bins.last?.high == nil)
        #expect(pair.bins(.left).bins.count == pair.grid.deciles.count + 1)
    }

    @Test(arguments: 0..<40)
    func `on any grid the truth lies within the bounds`(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let reference = (0..<300).map { _ in (generator.normal() * 8).rounded() / (seed % 2 == 0 ? 1 : 3.7) }
        let window = (0..<200).map { _ in (generator.normal() * 9 + Double(seed % 5)).rounded() / 2 }
        let exact = ColumnComparison(reference: reference, window: window)
        let coarse = ColumnComparison(reference: reference, window: window, limit: 5 + seed)
        let (statistic, ks) = (try #require(exact.ks).statistic, try #require(coarse.ks))
        #expect(ks.statistic <= statistic && statistic <= ks.statistic + ks.errorBound + 1e-15)
        let (truth, area) = (try #require(exact.wasserstein), try #require(coarse.wasserstein))
        #expect((truth.distance - area.distance).magnitude <= truth.errorBound + area.errorBound)
    }
}
