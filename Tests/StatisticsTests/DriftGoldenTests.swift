import Statistics
import Testing

/// Further measures of drift against pinned SciPy; `Golden/make_drift.py` made the values.
struct DriftGoldenTests {
    private struct Case {
        let name: String
        let golden: JSONValue
        let pair: ColumnComparison

        func number(_ key: String) -> Double? { golden[key].number }
    }

    private func cases(limit: Int = 65536) throws -> [Case] {
        try JSONValue(PackageResources.drift_json)["numeric"].array.map { one in
            Case(
                name: one["name"].text ?? "", golden: one,
                pair: ColumnComparison(reference: one["reference"].numbers, window: one["window"].numbers, limit: limit)
            )
        }
    }

    @Test(arguments: [65536, 300, 40, 1])
    func `cell tests are within their bounds on every grid`(limit: Int) throws {
        for one in try cases(limit: limit) {
            let (reference, window) = (one.pair.reference.cells, one.pair.window.cells)
            if let truth = one.number("cvm") {
                let test = try #require(CramerVonMises(reference: reference, window: window))
                #expect((test.statistic - truth).magnitude <= test.errorBound + 1e-9 * truth, "\(one.name)")
            }
            if let truth = one.number("ad") {
                let test = try #require(AndersonDarling(reference: reference, window: window))
                #expect(
                    (test.statistic - truth).magnitude <= test.errorBound + 1e-9 * truth.magnitude,
                    "\(one.name) \(test) \(truth)")
            }
            let energy = try #require(
                EnergyDistance(
                    reference: reference, window: window, grid: one.pair.grid, extremes: one.pair.window.extremes))
            let truth = try #require(one.number("energy"))
            #expect((energy.distance - truth).magnitude <= energy.errorBound + 1e-9 * truth, "\(one.name)")
            let ks = try #require(one.pair.ks)
            let gap = try #require(one.number("ks"))
            #expect(ks.statistic <= gap + 1e-12 && gap <= ks.statistic + ks.errorBound + 1e-12, "\(one.name)")
        }
    }

    @Test func `tests on a grid of all reference values agree with SciPy`() throws {
        for one in try cases() {
            let (reference, window) = (one.pair.reference.cells, one.pair.window.cells)
            // Only for small samples; one pair is larger.
            if let p = one.pair.ks?.exactPValue {
                #expect(isClose(p, one.number("ks_exact"), relative: 1e-6, absolute: 1e-14), "\(one.name)")
            } else {
                #expect(one.name == "integers")
            }
            // Equal values of the window in an open cell count as distinct, within the bound.
            guard one.number("cvm") != nil, one.name != "integers" else { continue }
            let squares = CramerVonMises(reference: reference, window: window)
            #expect(isClose(squares?.statistic, one.number("cvm"), relative: 1e-9), "\(one.name)")
            // SciPy adds up a series to 1e-7 and then subtracts it from 1.
            #expect(isClose(squares?.pValue, one.number("cvm_p"), relative: 1e-4, absolute: 3e-7), "\(one.name)")
            let tails = AndersonDarling(reference: reference, window: window)
            #expect(isClose(tails?.statistic, one.number("ad"), relative: 1e-6), "\(one.name)")
            #expect(isClose(tails?.pValue, one.number("ad_p"), relative: 1e-6), "\(one.name)")
        }
    }

    @Test func `shifts of mean and spread agree with SciPy`() throws {
        for one in try cases() {
            let (reference, window) = (one.pair.reference, one.pair.window)
            let mean = MeanShift(reference: reference.moments, window: window.moments)
            #expect(isClose(mean?.shift, one.number("mean_shift"), relative: 1e-9, absolute: 1e-13), "\(one.name)")
            #expect(isClose(mean?.pValue, one.number("welch"), relative: 1e-6, absolute: 0), "\(one.name)")
            let spread = SpreadShift(reference: reference, window: window, grid: one.pair.grid)
            #expect(
                isClose(spread?.logRatio, one.number("spread_shift"), relative: 1e-9, absolute: 1e-12), "\(one.name)")
        }
    }

    @Test func `the test of spread is near that of Levene about medians`() throws {
        for one in try cases() where one.pair.window.count > 50 && one.name != "far apart" {
            let spread = SpreadShift(reference: one.pair.reference, window: one.pair.window, grid: one.pair.grid)
            let (found, truth) = (try #require(spread?.pValue), try #require(one.number("levene")))
            // Cut points stand for the window's median, which lies between two of them.
            #expect((found - truth).magnitude <= 0.02 + 0.1 * truth, "\(one.name) \(found) \(truth)")
        }
    }

    @Test func `definitions of other tools come from their own bins`() throws {
        for one in try cases() {
            let (reference, window) = (one.pair.reference.cells, one.pair.window.cells)
            let nanny = try #require(PeerBins.nannyML(reference: reference, window: window, grid: one.pair.grid))
            #expect(isClose(JensenShannon.distance(of: nanny), one.golden["nannyml"]["js"].number), "\(one.name)")
            #expect(isClose(Hellinger.distance(of: nanny), one.golden["nannyml"]["hellinger"].number), "\(one.name)")
            let counts = try #require(PeerBins.evidently(reference: reference, window: window, grid: one.pair.grid))
            try expect(EvidentlyShares(counts), one.golden["evidently"], one.name)
        }
    }

    @Test func `measures of categories agree with SciPy and other tools`() throws {
        for one in try JSONValue(PackageResources.drift_json)["categorical"].array {
            let counts = PairedCounts(reference: one["reference"].ints, window: one["window"].ints)
            let name = "\(counts.reference) \(counts.window)"
            let test = try #require(GTest(counts))
            #expect(isClose(test.statistic, one["g"].number), "\(name)")
            #expect(isCloseProbability(test.pValue, one["p"].number), "\(name)")
            #expect(test.degreesOfFreedom == one["df"].int, "\(name)")
            #expect(isClose(CramersV.value(of: counts), one["cramers_v"].number), "\(name)")
            let dense = counts.reference.indices.filter { counts.reference[$0] + counts.window[$0] > 0 }
            let used = PairedCounts(
                reference: dense.map { counts.reference[$0] }, window: dense.map { counts.window[$0] })
            #expect(isClose(KullbackLeibler.value(of: used, zeroPolicy: .half), one["kl"].number), "\(name)")
            let back = KullbackLeibler.value(of: used, zeroPolicy: .half, isReversed: true)
            #expect(isClose(back, one["kl_reverse"].number), "\(name)")
            try expect(EvidentlyShares(counts), one["evidently"], name)
            let known = counts.reference.indices.filter { counts.reference[$0] > 0 }
            let unseen = counts.windowTotal - known.reduce(0) { $0 + counts.window[$1] }
            let pooled = PairedCounts(
                reference: known.map { counts.reference[$0] } + [0], window: known.map { counts.window[$0] } + [unseen])
            #expect(isClose(JensenShannon.distance(of: pooled), one["nannyml"]["js"].number), "\(name)")
            #expect(isClose(Hellinger.distance(of: pooled), one["nannyml"]["hellinger"].number), "\(name)")
        }
    }

    private func expect(_ shares: EvidentlyShares?, _ golden: JSONValue, _ name: String) throws {
        let shares = try #require(shares)
        #expect(isClose(shares.populationStability, golden["psi"].number), "\(name)")
        #expect(isClose(shares.kullbackLeibler, golden["kl"].number), "\(name)")
        #expect(isClose(shares.jensenShannon, golden["js"].number, absolute: 1e-8), "\(name)")
        #expect(isClose(shares.hellinger, golden["hellinger"].number, absolute: 1e-7), "\(name)")
    }

    @Test func `Student's law agrees with SciPy`() throws {
        for row in try JSONValue(PackageResources.drift_json)["t"].array {
            let (t, degrees, p) = (row[0].number ?? 0, row[1].number ?? 0, row[2].number)
            let found = StudentDistribution.twoSided(t, degreesOfFreedom: degrees)
            #expect(isClose(found, p, relative: degrees < 1e8 ? 1e-9 : 1e-7, absolute: 0), "\(t) \(degrees)")
        }
    }

    @Test func `the law of Cramer and von Mises agrees with SciPy to its limit`() throws {
        for row in try JSONValue(PackageResources.drift_json)["cvm"].array {
            let found = CramerVonMisesDistribution.survival(row[0].number ?? 0)
            #expect(isClose(found, row[1].number, relative: 1e-7, absolute: 2e-7), "\(row)")
        }
    }

    @Test func `the exact law of Kolmogorov and Smirnov counts paths`() throws {
        for row in try JSONValue(PackageResources.drift_json)["ks"].array {
            let (n, m, d) = (row[0].int ?? 0, row[1].int ?? 0, row[2].number ?? 0)
            guard let found = ExactKolmogorovSmirnov.pValue(d, n, m) else { continue }
            #expect(isClose(found, row[3].number, relative: 1e-9, absolute: 1e-300), "\(n) \(m) \(d)")
            #expect(ExactKolmogorovSmirnov.pValue(d, m, n) == found)
        }
        #expect(ExactKolmogorovSmirnov.pValue(0.2, 20, 30) != nil)
        #expect(ExactKolmogorovSmirnov.pValue(0.2, 20_000, 30) == nil)
    }
}
