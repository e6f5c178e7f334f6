import Statistics
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What bins add to measures that are sums over cells and values, against the values themselves.
struct ExplainCellTests {
    /// Two samples on the grid of the first one.
    private func sides(_ seed: Int, tied: Bool, limit: Int = 1024) -> (
        reference: [Double], window: [Double], grid: RankGrid, counts: (GridCounts, GridCounts),
        summaries: (NumericSummary, NumericSummary)
    ) {
        var generator = SeededGenerator(seed: seed)
        func sample(_ count: Int, _ shift: Double) -> [Double] {
            (0..<count).map { _ in
                let value = Double.random(in: 0..<10, using: &generator) + shift
                return tied ? value.rounded() : value
            }
        }
        let (reference, window) = (sample(300, 0), sample(170, 0.7))
        let grid = RankGrid(freezing: reference, limit: limit)
        func counted(_ values: [Double]) -> NumericSummary {
            var (summary, scratch) = (NumericSummary(grid: grid), FoldScratch())
            summary.fold(values.span, on: grid, scratch: &scratch)
            return summary
        }
        let summaries = (counted(reference), counted(window))
        return (reference, window, grid, (summaries.0.cells, summaries.1.cells), summaries)
    }

    @Test(arguments: 0..<10, [false, true])
    func `the Kolmogorov-Smirnov gap is where the functions are farthest apart`(seed: Int, tied: Bool) throws {
        let sides = sides(seed, tied: tied)
        let (reference, window) = sides.counts
        let place = try #require(KolmogorovPlace(reference: reference, window: window, grid: sides.grid))
        let test = try #require(KolmogorovSmirnov(reference: reference, window: window))
        #expect(isClose(place.gap.magnitude, test.statistic, relative: 1e-12))
        func below(_ values: [Double]) -> Int {
            values.count { place.isIncluded ? $0 <= place.value : $0 < place.value }
        }
        #expect(below(sides.reference) == place.reference && below(sides.window) == place.window)
        #expect(place.count(of: window, grid: sides.grid) == (place.window, 170))
        #expect(place.count(of: reference, grid: sides.grid) == (place.reference, 300))
    }

    @Test(arguments: 0..<10, [false, true])
    func `the areas over all bins make the Wasserstein distance`(seed: Int, tied: Bool) throws {
        let sides = sides(seed, tied: tied)
        let (reference, window) = sides.counts
        let terms = try #require(CellTerms.wasserstein(reference: reference, window: window, grid: sides.grid))
        let whole = try #require(Wasserstein(reference: reference, window: window, grid: sides.grid))
        #expect(isClose(terms.terms.reduce(0, +), whole.distance, relative: 1e-9))
        #expect(terms.terms.count == sides.grid.deciles.count + 1)
        #expect(terms.errorBounds.reduce(0, +) <= whole.errorBound + 1e-12)
        // Bin by bin against the functions themselves, on a fine raster.
        let edges = [-1.0] + sides.grid.deciles + [12]
        for (bin, area) in terms.terms.enumerated() {
            let (low, high) = (edges[bin], edges[bin + 1])
            var sum = 0.0
            let steps = 2000
            for step in 0..<steps {
                let x = low + (high - low) * (Double(step) + 0.5) / Double(steps)
                let first = Double(sides.reference.count { $0 <= x }) / 300
                sum += (first - Double(sides.window.count { $0 <= x }) / 170).magnitude
            }
            #expect((area - sum * (high - low) / Double(steps)).magnitude < 0.01 + terms.errorBounds[bin])
        }
    }

    /// The bin of a value, closed at the right.
    private func bin(_ value: Double, _ grid: RankGrid) -> Int { grid.deciles.count { $0 < value } }

    private func share(_ values: [Double], below value: Double) -> Double {
        Double(values.count { $0 < value }) / Double(values.count)
    }

    private func share(_ values: [Double], upTo value: Double) -> Double {
        Double(values.count { $0 <= value }) / Double(values.count)
    }

    @Test(arguments: 0..<10, [16, 1024])
    func `the areas of the squared gap make the square of the energy distance`(seed: Int, limit: Int) throws {
        let sides = sides(seed, tied: seed % 2 == 0, limit: limit)
        let (reference, window) = sides.summaries
        let extremes = reference.extremes.merged(with: window.extremes)
        let terms = try #require(
            CellTerms.energy(reference: reference.cells, window: window.cells, grid: sides.grid, extremes: extremes))
        let whole = try #require(
            EnergyDistance(reference: reference.cells, window: window.cells, grid: sides.grid, extremes: extremes))
        #expect(isClose(terms.terms.reduce(0, +), whole.distance * whole.distance, relative: 1e-9))
        // Exactly, between all values of both sides.
        let all = Set(sides.reference + sides.window).sorted()
        var exact = terms.terms.map { _ in 0.0 }
        for (low, high) in zip(all, all.dropFirst()) {
            let gap = share(sides.reference, upTo: low) - share(sides.window, upTo: low)
            // A stretch may cross edges.
            let inner = sides.grid.deciles.filter { $0 > low && $0 < high }
            for (from, to) in zip([low] + inner, inner + [high]) {
                exact[bin(to, sides.grid)] += 2 * gap * gap * (to - from)
            }
        }
        for (bin, term) in terms.terms.enumerated() {
            #expect((term - exact[bin]).magnitude <= terms.errorBounds[bin] + 1e-9)
        }
    }

    /// What the values of each bin add to the statistic, from the values by definition.
    private func rankTerms(
        _ reference: [Double], _ window: [Double], _ grid: RankGrid, tails: Bool
    ) -> [Double] {
        let (n, m) = (Double(reference.count), Double(window.count))
        var terms = [Double](repeating: 0, count: grid.deciles.count + 1)
        for value in Set(reference + window) {
            let (p, q) = (
                share(reference, upTo: value) - share(reference, below: value),
                share(window, upTo: value) - share(window, below: value)
            )
            let before = share(reference, below: value) - share(window, below: value)
            let after = before + p - q
            if tails {
                let held = n * p + m * q
                let rank = n * share(reference, below: value) + m * share(window, below: value) + held / 2
                let gap = (before + after) / 2
                let weight = rank * (n + m - rank) - (n + m) * held / 4
                terms[bin(value, grid)] += (n + m - 1) / (n + m) * held * n * m * gap * gap / weight
            } else {
                let squares = n * m / (n + m) * (p + q) * (before * before + after * after) / 4
                let ties = (n - m) / 12 * (n / m * p * p * p - m / n * q * q * q)
                let size = (n - m) * (n - m) / (12 * n * m * (n + m))
                terms[bin(value, grid)] += squares + ties - size * (p + q) / 2
            }
        }
        return terms
    }

    @Test(arguments: 0..<10, [16, 1024])
    func `the parts of all bins make the statistic of Cramer and von Mises`(seed: Int, limit: Int) throws {
        let sides = sides(seed, tied: seed % 2 == 0, limit: limit)
        let (reference, window) = sides.counts
        let terms = try #require(CellTerms.cramerVonMises(reference: reference, window: window, grid: sides.grid))
        let whole = try #require(CramerVonMises(reference: reference, window: window))
        #expect(isClose(terms.terms.reduce(0, +), whole.statistic, relative: 1e-9))
        let exact = rankTerms(sides.reference, sides.window, sides.grid, tails: false)
        for (bin, term) in terms.terms.enumerated() {
            #expect((term - exact[bin]).magnitude <= terms.errorBounds[bin] + 1e-9)
        }
    }

    @Test(arguments: 0..<10, [16, 1024])
    func `the parts of all bins make the statistic of Anderson and Darling`(seed: Int, limit: Int) throws {
        let sides = sides(seed, tied: seed % 2 == 0, limit: limit)
        let (reference, window) = sides.counts
        let terms = try #require(CellTerms.andersonDarling(reference: reference, window: window, grid: sides.grid))
        let whole = try #require(AndersonDarling(reference: reference, window: window))
        #expect(isClose(terms.terms.reduce(0, +), whole.statistic, relative: 1e-9))
        // The deviation, from the whole of the exact statistic where all values are cut points.
        let squares = rankTerms(sides.reference, sides.window, sides.grid, tails: true)
        let total = Double(sides.reference.count + sides.window.count)
        let deviation = try #require(exactDeviation(sides.reference.count, sides.window.count))
        for (bin, term) in terms.terms.enumerated() {
            let rows = (sides.reference + sides.window).count { self.bin($0, sides.grid) == bin }
            let exact = (squares[bin] - Double(rows) / total) / deviation
            #expect((term - exact).magnitude <= terms.errorBounds[bin] + 1e-9)
        }
    }

    /// The standard deviation of the k-sample statistic of two samples by the sums of Scholz and Stephens (1987), equation 4.
    private func exactDeviation(_ n: Int, _ m: Int) -> Double? {
        let total = n + m
        let harmonic = 1 / Double(n) + 1 / Double(m)
        let h = (1..<total).reduce(0.0) { $0 + 1 / Double($1) }
        var g = 0.0
        for i in 1..<total - 1 {
            for j in i + 1..<total { g += 1 / (Double(total - i) * Double(j)) }
        }
        let size = Double(total)
        let a = (4 * g - 6) + (10 - 6 * g) * harmonic
        let b = (2 * g - 4) * 4 + 8 * h * 2 + (2 * g - 14 * h - 4) * harmonic - 8 * h + 4 * g - 6
        let c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * harmonic + 4 * h
        let d = (2 * h + 6) * 4 - 4 * h * 2
        let variance =
            (((a * size + b) * size + c) * size + d) / ((size - 1) * (size - 2) * (size - 3))
        return variance > 0 ? variance.squareRoot() : nil
    }

    @Test(arguments: 0..<10, [16, 1024])
    func `what values pull up and down makes the shift of the mean`(seed: Int, limit: Int) throws {
        let sides = sides(seed, tied: seed % 2 == 0, limit: limit)
        let (reference, window) = sides.summaries
        let terms = try #require(MomentTerms.mean(reference: reference, window: window, grid: sides.grid))
        let whole = try #require(MeanShift(reference: reference.moments, window: window.moments))
        #expect(isClose(terms.terms.reduce(0, +), whole.shift, relative: 1e-9, absolute: 1e-12))
        let (mean, std) = try (#require(reference.moments.mean), #require(reference.moments.std))
        for bin in terms.terms.indices {
            let (before, after) = (
                sides.reference.filter { self.bin($0, sides.grid) == bin },
                sides.window.filter { self.bin($0, sides.grid) == bin }
            )
            let pull = after.reduce(0) { $0 + $1 - mean } / 170 - before.reduce(0) { $0 + $1 - mean } / 300
            #expect(isClose(terms.terms[bin], pull / std, relative: 1e-9, absolute: 1e-9))
            #expect(isClose(terms.reference[bin].values, before.reduce(0, +), relative: 1e-9, absolute: 1e-9))
            #expect(isClose(terms.window[bin].values, after.reduce(0, +), relative: 1e-9, absolute: 1e-9))
        }
    }

    @Test(arguments: 0..<10, [8, 16, 1024])
    func `the squares of all bins make the shift of the spread`(seed: Int, limit: Int) throws {
        let sides = sides(seed, tied: seed % 2 == 0, limit: limit)
        let (reference, window) = sides.summaries
        let terms = try #require(MomentTerms.spread(reference: reference, window: window, grid: sides.grid))
        let whole = try #require(SpreadShift(reference: reference, window: window, grid: sides.grid))
        #expect(isClose(terms.terms.reduce(0, +), whole.logRatio, relative: 1e-9, absolute: 1e-12))
        let means = try (#require(reference.moments.mean), #require(window.moments.mean))
        let variances = try (#require(reference.moments.variance), #require(window.moments.variance))
        let logarithmic = (variances.1 - variances.0) / log(variances.1 / variances.0)
        for bin in terms.terms.indices {
            func squares(_ values: [Double], around mean: Double) -> Double {
                values.filter { self.bin($0, sides.grid) == bin }.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            }
            let (before, after) = (squares(sides.reference, around: means.0), squares(sides.window, around: means.1))
            let exact = (after / 170 - before / 300) / (2 * logarithmic)
            #expect((terms.terms[bin] - exact).magnitude <= terms.errorBounds[bin] + 1e-9)
            if limit == 1024, seed % 2 == 0 {
                #expect(isClose(terms.window[bin].squares, after, relative: 1e-9, absolute: 1e-9))
            }
        }
        let sums = (terms.reference.reduce(0) { $0 + $1.squares }, terms.window.reduce(0) { $0 + $1.squares })
        #expect(
            isClose(sums.0 / 300, variances.0, relative: 1e-9) && isClose(sums.1 / 170, variances.1, relative: 1e-9))
    }

    @Test func `without a value there are no parts of a shift or of a gap`() {
        let grid = RankGrid(freezing: [1, 2, 3, 4], limit: 16)
        func summary(_ values: [Double]) -> NumericSummary {
            var (summary, scratch) = (NumericSummary(grid: grid), FoldScratch())
            summary.fold(values.span, on: grid, scratch: &scratch)
            return summary
        }
        let (none, one, some, huge) = (summary([]), summary([2, 2]), summary([1, 2, 3]), summary([1, 1e300]))
        for (reference, window) in [(none, some), (some, none), (some, huge), (one, one)] {
            #expect(MomentTerms.mean(reference: reference, window: window, grid: grid) == nil)
            #expect(MomentTerms.spread(reference: reference, window: window, grid: grid) == nil)
        }
        #expect(CellTerms.energy(reference: some.cells, window: huge.cells, grid: grid) == nil)
        #expect(CellTerms.andersonDarling(reference: one.cells, window: one.cells, grid: grid) == nil)
        #expect(CellTerms.cramerVonMises(reference: some.cells, window: none.cells, grid: grid) == nil)
    }
}
