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
        let parts = pass.parts
        let whole = parts.statistic(pass.rows)
        statistic = max(whole.value + CramerVonMises.sizeTerm(pass.rows), 0)
        tieShift = parts.ties(pass.rows)
        errorBound = whole.bound + 1e-13 * (1 + statistic)
        pValue = CramerVonMisesDistribution.pValue(statistic, n, m)
    }

    /// The part of the statistic that depends on the sizes alone.
    static func sizeTerm(_ rows: SampleSizes) -> Double {
        let (n, m) = (rows.reference, rows.window)
        return -(n - m) / m * (n - m) / n / (12 * (n + m))
    }

    /// What is added up over cells, of all of them or of some.
    struct Parts {
        /// `sum(dS (D-^2 + D+^2))`, and how far it may be off.
        let squares: Double
        let bound: Double
        /// The sums of cubed shares of equal values, and how much more those of open cells may be.
        let cubes: (reference: Double, window: Double)
        let open: (reference: Double, window: Double)

        /// What they add to the statistic, and how far that may be off.
        func statistic(_ rows: SampleSizes) -> (value: Double, bound: Double) {
            let (n, m) = (rows.reference, rows.window)
            let tieBound = (n - m).magnitude / 12 * max(n / m * open.reference, m / n * open.window)
            return (rows.harmonic * squares / 4 + ties(rows), rows.harmonic * bound / 4 + tieBound)
        }

        /// What they add to it by ties alone.
        func ties(_ rows: SampleSizes) -> Double {
            let (n, m) = (rows.reference, rows.window)
            return (n - m) / 12 * (n / m * cubes.reference - m / n * cubes.window)
        }
    }

    /// What the statistic is made of, over shares.
    struct Accumulator: PartAccumulator {
        let rows: SampleSizes
        private(set) var sums = CellSums<Part>()

        enum Part: Int, CellPart {
            case squares, bound, referenceCubes, windowCubes, referenceOpen, windowOpen
            static let count = 6
        }

        /// All that was added up.
        var parts: Parts {
            Parts(
                squares: sums.sum(.squares), bound: sums.sum(.bound),
                cubes: (sums.sum(.referenceCubes), sums.sum(.windowCubes)),
                open: (sums.sum(.referenceOpen), sums.sum(.windowOpen)))
        }

        mutating func clear() { sums = CellSums() }

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
