import Statistics
import Testing

/// Survival functions against pinned SciPy; `Golden/make_golden.py` made the values.
struct DistributionTests {
    @Test func `the law of the Kolmogorov-Smirnov statistic is that of SciPy`() throws {
        let rows = try JSONValue(PackageResources.kolmogorov_json)["rows"].array
        #expect(rows.count > 400)
        for row in rows {
            let (n, d, p) = (try #require(row[0].int), try #require(row[1].number), try #require(row[2].number))
            let mine = KolmogorovDistribution.survival(d, count: n)
            #expect(isCloseProbability(mine, p), "n \(n), d \(d), n d^2 \(Double(n) * d * d)")
        }
    }

    @Test func `the law of the chi-squared statistic is that of SciPy`() throws {
        let rows = try JSONValue(PackageResources.chi_squared_json)["rows"].array
        #expect(rows.count > 100)
        for row in rows {
            let (df, x, p) = (try #require(row[0].int), try #require(row[1].number), try #require(row[2].number))
            #expect(isCloseProbability(ChiSquaredDistribution.survival(x, degreesOfFreedom: df), p), "df \(df), x \(x)")
        }
    }

    @Test(arguments: [(0.0, 5), (0.1, 5), (-1, 5), (1e-300, 1_000_000)])
    func `a gap below the smallest possible one is certain`(d: Double, n: Int) {
        #expect(KolmogorovDistribution.survival(d, count: n) == 1)
    }

    @Test(arguments: [(1.0, 5), (2, 5), (0.9, 1_000_000)])
    func `a gap that cannot be is impossible`(d: Double, n: Int) {
        #expect(KolmogorovDistribution.survival(d, count: n) == 0)
    }

    @Test func `without values there is no law`() {
        #expect(KolmogorovDistribution.survival(0.5, count: 0) == nil)
        #expect(KolmogorovSmirnov.pValue(1, 1, 1) == nil)
    }

    @Test(arguments: [100_000_000, 1_000_000_000_000])
    func `huge samples take no longer`(n: Int) {
        let p = KolmogorovDistribution.survival((5 / Double(n)).squareRoot(), count: n)
        #expect(isClose(p, 9.08e-5, relative: 1e-3, absolute: 0))
    }

    @Test(arguments: [(Double.infinity, 3), (1e300, 3)])
    func `a huge chi-squared statistic is impossible`(x: Double, df: Int) {
        #expect(ChiSquaredDistribution.survival(x, degreesOfFreedom: df) == 0)
    }
}
