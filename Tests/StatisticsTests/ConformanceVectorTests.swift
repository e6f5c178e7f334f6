import Foundation
import Statistics
import Testing

/// Values that other tools were measured to give for columns made of normal quantiles.
struct ConformanceVectorTests {
    /// One column pair: `count` reference values about 0, `size` window values about `shift`.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let count: Int
        let size: Int
        let shift: Double
        let nannyML: (js: Double, hellinger: Double)
        let ks: (statistic: Double, exact: Double, asymptotic: Double)
        let wasserstein: Double
        let energy: Double
        let tests: (cramerVonMises: Double?, andersonDarling: Double)
        let psi: (half: Double, floor: Double)
        var testDescription: String { name }
    }

    static let vectors = [
        Vector(
            name: "A", count: 1000, size: 1000, shift: 0.1, nannyML: (0.0471084, 0.0411383),
            ks: (0.04, 0.400634, 0.390251), wasserstein: 0.1,
            energy: 0.0751133, tests: (0.0509688, 0.0567606), psi: (0.0095181, 0.0096137)),
        Vector(
            name: "B", count: 1000, size: 1000, shift: 1, nannyML: (0.396662, 0.341032),
            ks: (0.383, 9.38518e-66, 1.78496e-66), wasserstein: 1,
            energy: 0.736079, tests: (nil, 0.001), psi: (0.915289, 0.927437)),
        Vector(
            name: "C", count: 10000, size: 500, shift: 0.1, nannyML: (0.0466489, 0.0403972),
            ks: (0.0409, 0.393658, 0.392889), wasserstein: 0.100454,
            energy: 0.0751286, tests: (0.0576978, 0.0649552), psi: (0.0093711, 0.0095597)),
        Vector(
            name: "D", count: 1000, size: 1000, shift: 3, nannyML: (0.867792, 0.82777), ks: (0.867, 0, 0),
            wasserstein: 3,
            energy: 1.94369, tests: (nil, 0.001), psi: (5.42048, 6.16831)),
    ]

    private static func quantiles(_ count: Int, _ mean: Double) -> [Double] {
        (0..<count).map { index in
            let share = (Double(index) + 0.5) / Double(count)
            // Newton's method from the nearer side of the law.
            let tail = min(share, 1 - share)
            var x = 0.0
            for _ in 0..<60 {
                let step = (erfc(x / 2.0.squareRoot()) / 2 - tail) / (exp(-x * x / 2) / (2 * Double.pi).squareRoot())
                x += min(step, 1)
                if step.magnitude < 1e-15 { break }
            }
            return mean + (share < 0.5 ? -x : x)
        }
    }

    private func pair(_ vector: Vector) -> ColumnComparison {
        ColumnComparison(
            reference: Self.quantiles(vector.count, 0), window: Self.quantiles(vector.size, vector.shift))
    }

    @Test(arguments: vectors)
    func `NannyML's distances come out to all given digits`(vector: Vector) throws {
        let pair = pair(vector)
        let counts = try #require(
            PeerBins.nannyML(reference: pair.reference.cells, window: pair.window.cells, grid: pair.grid))
        #expect(isClose(JensenShannon.distance(of: counts), vector.nannyML.js, relative: 2e-6, absolute: 0))
        #expect(isClose(Hellinger.distance(of: counts), vector.nannyML.hellinger, relative: 2e-6, absolute: 0))
    }

    @Test(arguments: vectors)
    func `tests and distances of cells come out to all given digits`(vector: Vector) throws {
        let pair = pair(vector)
        let (reference, window) = (pair.reference.cells, pair.window.cells)
        let ks = try #require(pair.ks)
        #expect(isClose(ks.statistic, vector.ks.statistic, relative: 1e-9, absolute: 0))
        #expect(isClose(ks.pValue, vector.ks.asymptotic, relative: 3e-6, absolute: 1e-300))
        // A window tells the exact law where it is cheap, which these samples are too large for.
        #expect(ks.exactPValue == nil)
        let exact = ExactKolmogorovSmirnov.pValue(ks.statistic, vector.count, vector.size, mostSteps: 10_000_000)
        #expect(isClose(exact, vector.ks.exact, relative: 2e-6, absolute: 1e-300))
        let distance = try #require(pair.wasserstein)
        // NannyML takes ten thousand bins where a sample is as large.
        #expect((distance.distance - vector.wasserstein).magnitude <= distance.errorBound + 1e-4 * vector.wasserstein)
        if let p = vector.tests.cramerVonMises {
            let test = try #require(CramerVonMises(reference: reference, window: window))
            #expect(isClose(test.pValue, p, relative: 5e-6, absolute: 2e-7))
        }
        let tails = try #require(AndersonDarling(reference: reference, window: window))
        #expect(isClose(tails.pValue, vector.tests.andersonDarling, relative: 5e-6, absolute: 0))
        let energy = try #require(
            EnergyDistance(
                reference: reference, window: window, grid: pair.grid, extremes: pair.window.extremes))
        #expect((energy.distance - vector.energy).magnitude <= energy.errorBound + 1e-5 * vector.energy)
        #expect(isClose(energy.distance, vector.energy, relative: 0.01, absolute: 0))
        let counts = pair.bins(.right).counts
        #expect(
            isClose(
                PopulationStability.value(of: counts, zeroPolicy: .half), vector.psi.half, relative: 1e-5, absolute: 0))
        #expect(
            isClose(
                PopulationStability.value(of: counts, zeroPolicy: .floor), vector.psi.floor, relative: 1e-5, absolute: 0
            ))
    }

    private func golden(_ vector: Vector) throws -> JSONValue {
        let all = try JSONValue(PackageResources.vectors_json)["vectors"].array
        return try #require(all.first { $0["name"].text == vector.name })
    }

    private func expect(_ shares: EvidentlyShares?, _ golden: JSONValue) throws {
        let shares = try #require(shares)
        #expect(isClose(shares.populationStability, golden["psi"].number, relative: 1e-12, absolute: 0))
        #expect(isClose(shares.kullbackLeibler, golden["kl"].number, relative: 1e-12, absolute: 0))
        #expect(isClose(shares.jensenShannon, golden["js"].number, relative: 1e-12, absolute: 0))
        #expect(isClose(shares.hellinger, golden["hellinger"].number, relative: 1e-12, absolute: 0))
    }

    /// `Golden/make_vectors.py` holds the counts against what the package printed.
    @Test(arguments: vectors)
    func `Evidently's divergences come out over its own edges`(vector: Vector) throws {
        let golden = try golden(vector)["evidently"]
        try expect(
            EvidentlyShares(PairedCounts(reference: golden["reference"].ints, window: golden["window"].ints)), golden)
    }

    /// Its edges run over both sides and move with every window, ours over the reference: that is all the difference.
    @Test(arguments: vectors)
    func `Evidently's divergences over fixed edges are NumPy's`(vector: Vector) throws {
        let (golden, pair) = (try golden(vector)["fixed_edges"], pair(vector))
        let counts = try #require(
            PeerBins.evidently(reference: pair.reference.cells, window: pair.window.cells, grid: pair.grid))
        #expect(counts.reference == golden["reference"].ints)
        #expect(counts.window == golden["window"].ints)
        try expect(EvidentlyShares(counts), golden)
    }

    /// Evidently's limit of 0.1 is one of this distance.
    @Test(arguments: vectors)
    func `the distance by standard deviations and the shift of the mean are those of SciPy`(vector: Vector) throws {
        let (golden, pair) = (try golden(vector), pair(vector))
        let distance = try #require(pair.wasserstein?.normalised(by: pair.reference.moments.std))
        let truth = try #require(golden["wasserstein_by_std"].number)
        #expect((distance.distance - truth).magnitude <= distance.errorBound + 1e-9 * truth)
        let shift = MeanShift(reference: pair.reference.moments, window: pair.window.moments)
        // Where both sides are as large and spread alike it is Student's, which Evidently prints.
        #expect(isClose(shift?.pValue, golden["welch"].number, relative: 1e-6, absolute: 1e-300))
    }

    @Test func `the divergence of what was observed from what was expected is that of Great Expectations`() {
        let counts = PairedCounts(reference: [10, 10, 10], window: [5, 3, 2])
        let value = KullbackLeibler.value(of: counts, zeroPolicy: .none, isReversed: true)
        #expect(isClose(value, 0.06895927460353621, relative: 1e-12, absolute: 0))
    }

    @Test(arguments: [
        ([500, 300, 200], [450, 300, 250], (8.18713, 0.0166796), 0.05, 0.00295747),
        ([600, 400, 0], [600, 399, 1], (1.00125, 0.606151), 0.001, 0.00050045),
        ([600, 400, 0], [540, 360, 100], (105.263, 1.388e-23), 0.1, 0.0518992),
    ])
    func `tests and distances of categories come out to all given digits`(
        reference: [Int], window: [Int], chi2: (statistic: Double, pValue: Double), lInfinity: Double,
        divergence: Double
    ) throws {
        let counts = PairedCounts(reference: reference, window: window)
        let test = try #require(ChiSquared(counts))
        #expect(isClose(test.statistic, chi2.statistic, relative: 5e-6, absolute: 0))
        #expect(isClose(test.pValue, chi2.pValue, relative: 5e-4, absolute: 0))
        #expect(isClose(LInfinity.distance(of: counts), lInfinity, relative: 1e-12, absolute: 0))
        let distance = try #require(JensenShannon.distance(of: counts))
        #expect(isClose(distance * distance, divergence, relative: 1e-5, absolute: 0))
    }

    @Test(arguments: [
        ([500, 300, 200], [450, 300, 250], 0.0164252, 0.0452765, 0.0543826, 0.0452941, 0.0556293),
        ([600, 400, 0], [600, 399, 1], 0.00207483, 0.0186249, 0.0223708, 0.0223677, 0),
        ([600, 400, 0], [540, 360, 100], 0.700621, 0.189667, 0.227814, 0.226532, 0.227282),
    ])
    func `categories give what other tools give`(
        reference: [Int], window: [Int], psi: Double, js: Double, base2: Double, hellinger: Double, cramersV: Double
    ) throws {
        let counts = PairedCounts(reference: reference, window: window)
        let shares = try #require(EvidentlyShares(counts))
        #expect(isClose(shares.populationStability, psi, relative: 5e-6, absolute: 0))
        #expect(isClose(shares.jensenShannon, js, relative: 5e-6, absolute: 0))
        #expect(isClose(JensenShannon.distance(of: counts), base2, relative: 5e-6, absolute: 0))
        #expect(isClose(Hellinger.distance(of: counts), hellinger, relative: 5e-6, absolute: 0))
        #expect(isClose(CramersV.value(of: counts), cramersV, relative: 5e-6, absolute: 0))
    }
}
