/// The two-sample Cramer-von Mises test, from the cells of a rank grid.
///
/// Formula: the statistic T of Anderson (1962) with midranks for ties, as `scipy.stats.cramervonmises_2samp`, in the form
/// `nm/(n+m) sum(dS (D-^2 + D+^2)) / 4 + (n-m)/12 (n/m sum p^3 - m/n sum q^3) - (n-m)^2 / (12 nm(n+m))` over groups of equal
/// values with shares p and q, `dS = p + q` and gaps D before and after, in which nothing large cancels. Within an open
/// cell that holds values of both sides their order is not known, and in any open cell which of them are equal:
/// `errorBound` covers both; the value goes by distinct values that are evenly mixed. The p-value is the limiting law, as
/// SciPy's `method="asymptotic"`, but without its limit of 1e-7. Smallest sound sample: about eight values a side.
/// O(K).
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
        private var sums = CellSums<Part>()

        private enum Part: Int, CellPart {
            case squares, bound, referenceCubes, windowCubes, referenceOpen, windowOpen
            static let count = 6
        }

        /// `sum(dS (D-^2 + D+^2))`, and how far it may be off.
        var squares: Double { sums.sum(.squares) }
        var bound: Double { sums.sum(.bound) }
        /// The sums of cubed shares of equal values, and how much more those of open cells may be.
        var firstCubes: Double { sums.sum(.referenceCubes) }
        var secondCubes: Double { sums.sum(.windowCubes) }
        var firstOpen: Double { sums.sum(.referenceOpen) }
        var secondOpen: Double { sums.sum(.windowOpen) }

        init(_ referenceCount: Int, _ windowCount: Int, _ sizes: SampleSizes?) {
            rows = sizes ?? SampleSizes(reference: Double(referenceCount), window: Double(windowCount))
        }

        mutating func add(_ cells: borrowing CellChunk) {
            let row = (reference: 1 / rows.reference, window: 1 / rows.window)
            let (each, other, step) = (cells.reference.each, cells.window.each, cells.step)
            let columns = cells.columns
            var sums = sums.places
            for place in 0..<CellColumns.places {
                let (before, between) = (columns[.before, place] * step, columns[.between, place] * step)
                let after = columns[.after, place] * step
                let (p, q) = (columns[.referencePoint, place] * each, columns[.windowPoint, place] * other)
                let (up, down) = (columns[.referenceOpen, place] * each, columns[.windowOpen, place] * other)
                let (one, single) = (lesser(row.reference, up), lesser(row.window, down))
                let (first, second) = (up * one * one, down * single * single)
                // Steps of one row each along a line: the trapezium rule over the integral of the square.
                let steps = (first + second) * (1.0 / 3)
                let line = (up + down) * CellPath.meanSquare(before, between)
                sums[.squares, place] += 2 * line + steps + (p + q) * (between * between + after * after)
                sums[.referenceCubes, place] += first + p * p * p
                sums[.windowCubes, place] += second + q * q * q
                let (all, rest) = (up * up * up, down * down * down)
                sums[.referenceOpen, place] += all - first
                sums[.windowOpen, place] += rest - second
                let range = CellPath.range(before, between, up, down)
                let both = (up + down) * (up + down) * (up + down) * (1.0 / 3)
                let mixed = 2 * greater(range.most - line, line - range.least) + both
                let alone = greater((all + rest) * (1.0 / 3) - steps, 0)
                sums[.bound, place] += columns.isMixed(place) ? mixed : alone
            }
        }
    }
}
