/// The two-sample Cramer-von Mises test, from the cells of a rank grid.
///
/// Formula: the statistic T of Anderson (1962) with midranks for ties, as `scipy.stats.cramervonmises_2samp`, in the form
/// `nm/(n+m) sum(dS (D-^2 + D+^2)) / 4 + (n-m)/12 (n/m sum p^3 - m/n sum q^3) - (n-m)^2 / (12 nm(n+m))` over groups of equal
/// values with shares p and q, `dS = p + q` and gaps D before and after, in which nothing large cancels. Within an open
/// cell that holds values of both sides their order is not known, and in any open cell which of them are equal:
/// `errorBound` covers both; the value goes by distinct values that are evenly mixed. The p-value is the limiting law, as
/// SciPy's `method="asymptotic"`, but without its limit of 1e-7. Smallest sound sample: about eight values a side.
/// O(occupied cells).
package struct CramerVonMises: Hashable, Sendable {
    /// The statistic T.
    package let statistic: Double
    /// How much of it comes from ties alone, and not from gaps: `(n-m)/12 (n/m sum p^3 - m/n sum q^3)`.
    ///
    /// Midranks give T that term where sizes differ. It has no bound in n and m, and grows with how much equal values the sides
    /// have, however alike they are. What is left has the law of weighted squares of a Brownian bridge.
    package let tieShift: Double
    /// How far the true statistic may be from it.
    package let errorBound: Double
    /// The probability of a statistic at least as large without drift.
    package let pValue: Double?

    /// Compares counts on one grid; nil if a side is empty.
    package init?(reference: GridCounts, window: GridCounts, sizes: SampleSizes? = nil) {
        guard reference.count > 0, window.count > 0 else { return nil }
        var pass = Accumulator(reference.count, window.count, sizes)
        pass.run(reference, window)
        self.init(pass)
    }

    init?(_ pass: Accumulator) {
        let (n, m) = (pass.rows.reference, pass.rows.window)
        guard pass.rows.areUsable else { return nil }
        let scale = pass.rows.harmonic
        let difference = n - m
        let ties = difference / 12 * (n / m * pass.firstCubes - m / n * pass.secondCubes)
        let value = scale * pass.squares / 4 + ties - difference / m * difference / n / (12 * (n + m))
        statistic = max(value, 0)
        tieShift = ties
        let tieBound = difference.magnitude / 12 * max(n / m * pass.firstOpen, m / n * pass.secondOpen)
        let rounding = 1e-13 * (1 + statistic)
        errorBound = scale * pass.bound / 4 + tieBound + rounding
        pValue = CramerVonMisesDistribution.pValue(statistic, n, m)
    }

    /// What the statistic is made of, over shares.
    struct Accumulator: CellAccumulator {
        let rows: SampleSizes
        private var sums = Sums()

        /// `sum(dS (D-^2 + D+^2))`, and how far it may be off.
        var squares: Double { sums.squares.sum() }
        var bound: Double { sums.bound.sum() }
        /// The sums of cubed shares of equal values, and how much more those of open cells may be.
        var firstCubes: Double { sums.cubes.reference.sum() }
        var secondCubes: Double { sums.cubes.window.sum() }
        var firstOpen: Double { sums.open.reference.sum() }
        var secondOpen: Double { sums.open.window.sum() }

        private struct Sums {
            var squares = CellChunk.Lanes()
            var bound = CellChunk.Lanes()
            var cubes = (reference: CellChunk.Lanes(), window: CellChunk.Lanes())
            var open = (reference: CellChunk.Lanes(), window: CellChunk.Lanes())
        }

        init(_ referenceCount: Int, _ windowCount: Int, _ sizes: SampleSizes?) {
            rows = sizes ?? SampleSizes(reference: Double(referenceCount), window: Double(windowCount))
        }

        mutating func add(_ cells: borrowing CellChunk) {
            var sums = sums
            let row = (reference: 1 / rows.reference, window: 1 / rows.window)
            for index in 0..<cells.blockCount {
                let block = cells[index]
                let (before, between) = (block.before * cells.step, block.between * cells.step)
                let after = block.after * cells.step
                Self.addOpen(block, before, between, row: row, each: cells.each, to: &sums)
                let (p, q) = (block.reference.point * cells.each.reference, block.window.point * cells.each.window)
                sums.squares += (p + q) * (between * between + after * after)
                sums.cubes.reference += p * p * p
                sums.cubes.window += q * q * q
            }
            self.sums = sums
        }

        /// Adds open cells; those without values add nothing.
        @inline(__always)
        private static func addOpen(
            _ block: CellBlock, _ before: CellChunk.Lanes, _ after: CellChunk.Lanes,
            row: (reference: Double, window: Double), each: (reference: Double, window: Double), to sums: inout Sums
        ) {
            typealias Lanes = CellChunk.Lanes
            let (p, q) = (block.reference.open * each.reference, block.window.open * each.window)
            let one = Lanes.smaller(Lanes(repeating: row.reference), p)
            let other = Lanes.smaller(Lanes(repeating: row.window), q)
            let (first, second) = (p * one * one, q * other * other)
            // Steps of one row each along a line: the trapezium rule over the integral of the square.
            let steps = (first + second) * (1.0 / 3)
            let line = (p + q) * CellPath.meanSquare(before, after)
            sums.squares += 2 * line + steps
            sums.cubes.reference += first
            sums.cubes.window += second
            let (all, rest) = (p * p * p, q * q * q)
            sums.open.reference += all - first
            sums.open.window += rest - second
            let range = CellPath.range(before, after, p, q)
            let mixed =
                2 * Lanes.greater(range.most - line, line - range.least) + (p + q) * (p + q) * (p + q) * (1.0 / 3)
            let single = Lanes.greater((all + rest) * (1.0 / 3) - steps, Lanes())
            sums.bound += single.replacing(with: mixed, where: block.isMixed)
        }
    }
}
