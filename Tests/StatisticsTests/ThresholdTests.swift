import Statistics
import Testing

/// Critical values against pinned SciPy (`Golden/make_threshold_golden.py`) and against their own promise.
struct ThresholdTests {
    @Test func `quantiles of the chi-squared and the normal law are those of SciPy`() throws {
        let golden = try JSONValue(PackageResources.threshold_json)
        for row in golden["chi_squared"].array {
            let (df, level, value) = (
                try #require(row[0].int), try #require(row[1].number), try #require(row[2].number)
            )
            let mine = try #require(ChiSquaredDistribution.quantile(exceededBy: level, degreesOfFreedom: df))
            #expect(isClose(mine, value, relative: 1e-8, absolute: 0), "df \(df), level \(level)")
        }
        for row in golden["normal"].array {
            let (level, value) = (try #require(row[1].number), try #require(row[2].number))
            let mine = try #require(NormalDistribution.quantile(exceededBy: level))
            #expect(isClose(mine, value, relative: 1e-12, absolute: 0), "level \(level)")
        }
    }

    @Test func `the critical value of Kolmogorov and Smirnov is never below SciPy's, and little above`() throws {
        for row in try JSONValue(PackageResources.threshold_json)["kolmogorov"].array {
            let (n, level, value) = (
                try #require(row[0].number), try #require(row[1].number), try #require(row[2].number)
            )
            let mine = try #require(NullLaw.kolmogorov(count: n).critical(at: level))
            #expect(mine >= value * (1 - 1e-6), "n \(n), level \(level)")
            #expect(mine <= value * (n < 100 ? 1.035 : 1.007), "n \(n), level \(level)")
        }
    }

    private static let laws: [NullLaw] = [
        .chiSquared(scale: 0.01, degreesOfFreedom: 9, isRoot: false),
        .chiSquared(scale: 0.01, degreesOfFreedom: 49, isRoot: true),
        .chiSquared(scale: 0.01, degreesOfFreedom: 1, isRoot: false, offset: 0.02),
        .chiSquared(scale: 0.01, degreesOfFreedom: 30, isRoot: true, offset: -0.1),
        .cramersV(.chiSquared(scale: 1, degreesOfFreedom: 4, isRoot: false), columns: 5, total: 2000),
        .kolmogorov(count: 500), .normal(scale: 0.3),
    ]

    @Test(arguments: laws, [0.2, 0.05, 0.01, 1e-4, 1e-6])
    func `the probability of the critical value is the level`(law: NullLaw, level: Double) throws {
        let critical = try #require(law.critical(at: level))
        #expect(isClose(law.survival(critical), level, relative: 1e-3, absolute: 0))
        #expect(try #require(law.critical(at: level / 2)) > critical)
    }

    @Test(arguments: [-1, 0, 1, 1.5, Double.nan])
    func `there is no critical value at a level that is no probability`(level: Double) {
        for law in Self.laws { #expect(law.critical(at: level) == nil) }
    }

    @Test func `a law of one category tells nothing`() {
        #expect(NullLaw.chiSquared(scale: 1, degreesOfFreedom: 0, isRoot: false).critical(at: 0.05) == nil)
        let none = NullLaw.chiSquared(scale: 1, degreesOfFreedom: 0, isRoot: false)
        #expect(NullLaw.cramersV(none, columns: 1, total: 100).critical(at: 0.05) == nil)
    }

    @Test(arguments: [(7, [7]), (200, [200]), (203, [200, 210]), (1234, [1200, 1250]), (86_400, [85_000, 87_500])])
    func `large windows are simulated at the round sizes around them`(size: Int, sizes: [Int]) {
        #expect(ThresholdLimits.simulatedSizes(size, reference: 10_000) == sizes)
    }

    @Test func `the size of a huge window does not matter any more`() {
        #expect(
            ThresholdLimits.simulatedSizes(.max, reference: 100)
                == ThresholdLimits.simulatedSizes(10_000, reference: 100))
        #expect(ThresholdLimits.simulatedSizes(50, reference: .max) == [50])
    }

    @Test func `the example of Benjamini and Hochberg tells four`() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000,
        ]
        #expect(FalseDiscovery.greatest(of: p.reversed(), rate: 0.05) == 0.0095)
        #expect(FalseDiscovery.greatest(of: [0.06, 0.2], rate: 0.05) == nil)
        #expect(FalseDiscovery.greatest(of: [], rate: 0.05) == nil)
        #expect(FalseDiscovery.greatest(of: [0.05], rate: 0.05) == 0.05)
    }
}
