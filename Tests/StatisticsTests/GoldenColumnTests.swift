import Statistics
import Testing

/// Measures of numeric columns against pinned SciPy and NumPy; `Golden/make_golden.py` made the values.
struct GoldenColumnTests {
    private func cases() throws -> [JSONValue] {
        try JSONValue(PackageResources.columns_json)["cases"].array
    }

    @Test(arguments: [65536, 1024, 40, 1])
    func `every grid is right within its bound`(limit: Int) throws {
        for one in try cases() {
            let name = try #require(one["name"].text)
            let pair = ColumnComparison(
                reference: one["reference"].numbers, window: one["window"].numbers, limit: limit)
            let (ks, statistic) = (try #require(pair.ks), try #require(one["ks"].number))
            #expect(ks.statistic <= statistic + 1e-12 && statistic <= ks.statistic + ks.errorBound + 1e-12, "\(name)")
            let (distance, area) = (try #require(pair.wasserstein), try #require(one["wasserstein"].number))
            #expect((distance.distance - area).magnitude <= distance.errorBound + 1e-12 * area, "\(name)")
            let quantile = try #require(GridQuantile(pair.window, grid: pair.grid))
            for (share, value) in one["quantiles"].object {
                let (estimate, truth) = (quantile.estimate(at: try #require(Double(share))), try #require(value.number))
                let slack = 1e-12 * truth.magnitude
                #expect((estimate.value - truth).magnitude <= estimate.errorBound + slack, "\(name) \(share)")
            }
        }
    }

    @Test func `a grid of all reference values is exact`() throws {
        for one in try cases() {
            let name = try #require(one["name"].text)
            let pair = ColumnComparison(reference: one["reference"].numbers, window: one["window"].numbers)
            #expect(pair.ks?.errorBound == 0, "\(name)")
            #expect(isClose(pair.ks?.statistic, one["ks"].number, relative: 1e-12, absolute: 0), "\(name)")
            #expect(isCloseProbability(pair.ks?.pValue, one["p"].number), "\(name)")
            #expect(pair.grid.deciles == one["deciles"].numbers, "\(name)")
        }
    }

    @Test func `mean and deviation are exact`() throws {
        for one in try cases() {
            let name = try #require(one["name"].text)
            let pair = ColumnComparison(reference: one["reference"].numbers, window: one["window"].numbers)
            let large = one["window"].numbers.map(\.magnitude).max() ?? 0
            #expect(
                isClose(pair.window.moments.mean, one["mean"].number, relative: 1e-12, absolute: 1e-15 * large),
                "\(name)")
            #expect(isClose(pair.window.moments.std, one["std"].number, relative: 1e-9, absolute: 0), "\(name)")
        }
    }

    @Test func `a compressed grid leaves little open`() throws {
        var generator = SeededGenerator(seed: 3)
        let reference = (0..<50_000).map { _ in generator.normal() }
        let window = (0..<4000).map { _ in generator.normal() * 1.1 + 0.05 }
        let exact = ColumnComparison(reference: reference, window: window)
        let coarse = ColumnComparison(reference: reference, window: window, limit: 1024)
        #expect(coarse.grid.count <= 1024)
        #expect((coarse.ks?.errorBound ?? 1) <= 0.002)
        #expect(coarse.bins(.left) == exact.bins(.left))
        #expect(coarse.bins(.right) == exact.bins(.right))
        let (truth, area) = (try #require(exact.wasserstein), try #require(coarse.wasserstein))
        #expect((truth.distance - area.distance).magnitude <= truth.errorBound + area.errorBound)
        #expect(area.errorBound <= 0.02 * area.distance)
    }
}
