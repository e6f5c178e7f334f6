#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The two-sample Anderson-Darling test, from the cells of a rank grid: as Cramer and von Mises, with more weight on the tails.
///
/// Formula: the k-sample statistic with midranks of Scholz and Stephens (1987), less its mean and over its deviation, as
/// `scipy.stats.anderson_ksamp(variant="midrank")`; with gaps D at the middle of groups of l equal values and ranks H there
/// it is `(N-1)/N sum(l nm D^2 / (H (N - H) - N l / 4))`. The p-value is interpolated in their table as SciPy does, which
/// ends at 0.001 and 0.25: `isClipped` tells that it lies beyond. Within an open cell the order of values and which of them
/// are equal is not known: `errorBound` covers both; the value goes by distinct values that are evenly mixed. Smallest sound
/// sample: about five values a side, four together. O(K).
package struct AndersonDarling: Hashable, Sendable {
    /// The standardised statistic; about 0 without drift, with a deviation of about 1.
    package let statistic: Double
    /// How far the true statistic may be from it.
    package let errorBound: Double
    /// The probability of a statistic at least as large without drift, from 0.001 to 0.25.
    package let pValue: Double
    /// Whether the p-value is an end of the table, beyond which it truly lies.
    package let isClipped: Bool

    /// Compares counts on one grid; nil if a side is empty, with fewer than four rows, or if all values are one cut point.
    package init?(reference: GridCounts, window: GridCounts, sizes: SampleSizes? = nil) {
        guard reference.count > 0, window.count > 0 else { return nil }
        var pass = Accumulator(reference.count, window.count, sizes)
        pass.run(reference, window)
        self.init(pass)
    }

    init?(_ pass: Accumulator) {
        let (n, m) = (pass.rows.reference, pass.rows.window)
        let total = n + m
        guard pass.rows.areUsable, total >= 4, !pass.isConstant else { return nil }
        guard let deviation = AndersonDarling.deviation(n, m) else { return nil }
        let scale = (total - 1) / total * n * m
        let value = (scale * pass.sum - 1) / deviation
        guard value.isFinite else { return nil }
        statistic = value
        errorBound = scale * pass.bound / deviation + 1e-13 * (1 + value.magnitude)
        (pValue, isClipped) = AndersonDarling.pValue(value)
    }

    /// The statistic of two samples whose squared gaps, in units of their noise and over the variance at their place, have such
    /// a mean; nil for samples that are too small.
    static func standardised(_ mean: Double, _ n: Double, _ m: Double) -> Double? {
        deviation(n, m).map { ((n + m - 1) / (n + m) * mean - 1) / $0 }
    }

    /// The standard deviation of the statistic of two samples without drift (Scholz and Stephens, equation 4).
    static func deviation(_ n: Double, _ m: Double) -> Double? {
        let total = n + m
        let harmonic = 1 / n + 1 / m
        let h = HarmonicNumber.first(total - 1)
        // The double sum of the paper, from the convolution of harmonic numbers.
        let whole = HarmonicNumber.first(total)
        let g = HarmonicNumber.second(total) - (2 * whole - 1 / total) / total
        let a = (4 * g - 6) + (10 - 6 * g) * harmonic
        let b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * harmonic - 8 * h + 4 * g - 6
        let c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * harmonic + 4 * h
        let d = (2 * h + 6) * 4 - 8 * h
        let variance =
            (a * total * total * total + b * total * total + c * total + d)
            / ((total - 1) * (total - 2) * (total - 3))
        return variance > 0 && variance.isFinite ? variance.squareRoot() : nil
    }

    /// The table of Scholz and Stephens for two samples as SciPy interpolates it: the logarithm of the level is a parabola
    /// in the critical value, by least squares over seven levels.
    private static func pValue(_ value: Double) -> (Double, Bool) {
        if value < 0.32500000000000007 { return (0.25, true) }
        if value > 6.546 { return (0.001, true) }
        let exponent = (0.018198094574111343 * value + -1.0082265644652515) * value + -1.077770279820486
        return (exp(exponent), false)
    }

    /// The sums over the cells, over shares.
    struct Accumulator: PartAccumulator {
        let rows: SampleSizes
        private let each: (reference: Double, window: Double)
        private let total: Double
        private(set) var sums = CellSums<Part>()

        enum Part: Int, CellPart {
            /// `constant` is not 0 where all values are one cut point, `isOther` tells which cells are looked at by themselves.
            case sum, bound, constant, isOther
            static let count = 4
        }

        /// `sum(l D^2 / (H (N - H) - N l / 4))`, and how far it may be off.
        var sum: Double { sums.sum(.sum) }
        var bound: Double { sums.sum(.bound) }
        var isConstant: Bool { sums.greatest(.constant) > 0 }

        init(_ referenceCount: Int, _ windowCount: Int, _ sizes: SampleSizes?) {
            let (n, m) = (Double(referenceCount), Double(windowCount))
            rows = sizes ?? SampleSizes(reference: n, window: m)
            each = (rows.reference / n, rows.window / m)
            total = rows.reference + rows.window
        }

        mutating func clear() { sums = CellSums() }

        mutating func add(_ cells: borrowing CellChunk) {
            let columns = cells.columns
            addPoints(columns, cells.step)
            addOpen(columns, cells.step)
            for place in 0..<CellColumns.places where sums[.isOther, place] != 0 {
                addCell(OpenCell(columns, place, each, step: cells.step), place)
            }
        }

        /// Groups of equal values at cut points, with the gap at their middle.
        private mutating func addPoints(_ cells: CellColumns, _ step: Double) {
            let (each, total) = (each, total)
            var sums = sums.places
            for place in 0..<CellColumns.places {
                let below = cells[.referenceBelow, place] * each.reference + cells[.windowBelow, place] * each.window
                let open = cells[.referenceOpen, place] * each.reference + cells[.windowOpen, place] * each.window
                let held = cells[.referencePoint, place] * each.reference + cells[.windowPoint, place] * each.window
                let gap = (cells[.between, place] + cells[.after, place]) * (step * 0.5)
                let rank = below + open + held * 0.5
                let weight = rank * (total - rank) - held * (total * 0.25)
                let isWeighed = weight > 0
                let term = held * gap * gap / (isWeighed ? weight : 1)
                sums[.sum, place] += isWeighed ? term : 0
                sums[.constant, place] = greater(sums[.constant, place], isWeighed ? 0 : held)
            }
        }

        /// Open cells of at most one value, and those whose weight changes little.
        private mutating func addOpen(_ cells: CellColumns, _ step: Double) {
            let (each, total) = (each, total)
            var sums = sums.places
            for place in 0..<CellColumns.places {
                let cell = OpenCell(cells, place, each, step: step)
                let (below, held) = (cell.below, cell.held)
                let tie = total * 0.25 * lesser(held, 1)
                let likely = CellQuadrature.stretch(from: below, held, total, tie: tie, cell.before, cell.after)
                let bound = Self.bound(cell, likely, total)
                let rank = below + held * 0.5
                // Numbers that are positive instead of conditions, so that nothing is skipped and no branch is made of them.
                let steady = CellQuadrature.steadiness(from: below, held: held, total: total)
                let single = 1 + 0x1p-40 - held
                let group = lesser(lesser(single, held), rank * (total - rank) - tie)
                sums[.sum, place] += greater(steady, group) > 0 ? likely : 0
                sums[.bound, place] += steady > 0 ? bound : 0
                sums[.isOther, place] = greater(steady, single) > 0 ? 0 : 1
            }
        }

        /// How far a cell whose weight changes little may be off, with one division.
        @inline(__always)
        private static func bound(_ cell: OpenCell, _ likely: Double, _ total: Double) -> Double {
            let (below, held, end) = (cell.below, cell.held, cell.below + cell.held)
            let (first, second) = (cell.low * cell.low, cell.high * cell.high)
            let least = cell.low * cell.high < 0 ? 0 : lesser(first, second)
            let floor = lesser(below * (total - below), end * (total - end)) - total * held * 0.25
            let center = lesser(greater(total * 0.5, below), end)
            let ceiling = center * (total - center)
            // Both over a common denominator.
            let part = held / (floor * ceiling)
            let (fewest, most) = (least * floor * part, greater(first, second) * ceiling * part)
            return greater(greater(most - likely, likely - fewest), 0)
        }

        /// An open cell near the ends, or with few values.
        private mutating func addCell(_ cell: OpenCell, _ place: Int) {
            let likely = CellQuadrature.sum(
                from: cell.below, held: cell.held, total: total, before: cell.before, after: cell.after)
            let range = range(cell)
            var sums = sums.places
            sums[.sum, place] += likely
            sums[.bound, place] += max(range.most - likely, likely - range.least, 0)
        }

        /// The least and the most that an open cell can add, whatever the order of its values and which of them are equal.
        private func range(_ cell: OpenCell) -> (least: Double, most: Double) {
            let (below, held) = (cell.below, cell.held)
            let above = total - below - held
            if below <= 0 || above <= 0 {
                // The largest gap for every rank from the end of an outermost cell.
                let slope = max(
                    cell.sides.reference ? 1 / rows.reference : 0, cell.sides.window ? 1 / rows.window : 0)
                // A group at rank y from the end has H (N - H) - N l / 4 of at least y (N - held) / 2 and at most y N.
                let most = slope * slope * held * held / max(total - held, 0.5)
                let isMixed = cell.sides.reference && cell.sides.window
                return (isMixed ? 0 : slope * slope * held * held / (2 * total), most)
            }
            let (first, second) = (cell.low * cell.low, cell.high * cell.high)
            let least = cell.low < 0 && cell.high > 0 ? 0 : min(first, second)
            let ends = min(below * (total - below), (total - above) * above)
            let center = min(max(total / 2, below), below + held)
            let floor = ends - total * held / 4
            guard floor > 0 else {
                // Groups near the end: as above, with gaps of at most the larger of both.
                let nearest = min(below, above)
                return (0, held * max(first, second) * 2 / max(nearest * (total - held), 0.5))
            }
            return (held * least / (center * (total - center)), held * max(first, second) / floor)
        }
    }
}
