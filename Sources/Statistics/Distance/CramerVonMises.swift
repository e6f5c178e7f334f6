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
        private let parts: (reference: Double, window: Double)
        /// `sum(dS (D-^2 + D+^2))`, and how far it may be off.
        private(set) var squares = 0.0
        private(set) var bound = 0.0
        /// The sums of cubed shares of equal values, and how much more those of open cells may be.
        private(set) var firstCubes = 0.0
        private(set) var secondCubes = 0.0
        private(set) var firstOpen = 0.0
        private(set) var secondOpen = 0.0

        init(_ referenceCount: Int, _ windowCount: Int, _ sizes: SampleSizes?) {
            let (n, m) = (Double(referenceCount), Double(windowCount))
            rows = sizes ?? SampleSizes(reference: n, window: m)
            parts = (1 / n, 1 / m)
        }

        @inline(__always)
        mutating func add(_ step: CellStep) {
            if step.hasOpen { addOpen(step) }
            guard step.hasPoint else { return }
            let (before, after) = (step.shares.between, step.shares.after)
            let (p, q) = (Double(step.reference.point) * parts.reference, Double(step.window.point) * parts.window)
            squares += (p + q) * (before * before + after * after)
            firstCubes += p * p * p
            secondCubes += q * q * q
        }

        @inline(__always)
        private mutating func addOpen(_ step: CellStep) {
            let (before, after) = (step.shares.before, step.shares.between)
            let (p, q) = (Double(step.reference.open) * parts.reference, Double(step.window.open) * parts.window)
            let (one, other) = (1 / rows.reference, 1 / rows.window)
            // Steps of one row each along a line: the trapezium rule over the integral of the square.
            let steps = (p * min(one, p) * min(one, p) + q * min(other, q) * min(other, q)) / 3
            let line = 2 * (p + q) * CellPath.meanSquare(before, after)
            squares += line + steps
            let (first, second) = (p * min(one, p) * min(one, p), q * min(other, q) * min(other, q))
            firstCubes += first
            secondCubes += second
            firstOpen += p * p * p - first
            secondOpen += q * q * q - second
            if step.isMixed {
                let range = CellPath.range(before, after, p, q)
                bound += 2 * max(range.most - line / 2, line / 2 - range.least) + (p + q) * (p + q) * (p + q) / 3
            } else {
                bound += max((p * p * p + q * q * q) / 3 - steps, 0)
            }
        }
    }
}
