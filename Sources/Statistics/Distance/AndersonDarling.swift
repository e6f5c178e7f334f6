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
/// sample: about five values a side, four together. O(occupied cells).
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
    private static func deviation(_ n: Double, _ m: Double) -> Double? {
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
    struct Accumulator: CellAccumulator {
        typealias Lanes = CellChunk.Lanes

        let rows: SampleSizes
        private let each: (reference: Double, window: Double)
        private let total: Double
        private var sums = Lanes()
        private var bounds = Lanes()
        private var further = (sum: 0.0, bound: 0.0)
        private(set) var isConstant = false

        /// `sum(l D^2 / (H (N - H) - N l / 4))`, and how far it may be off.
        var sum: Double { sums.sum() + further.sum }
        var bound: Double { bounds.sum() + further.bound }

        init(_ referenceCount: Int, _ windowCount: Int, _ sizes: SampleSizes?) {
            let (n, m) = (Double(referenceCount), Double(windowCount))
            rows = sizes ?? SampleSizes(reference: n, window: m)
            each = (rows.reference / n, rows.window / m)
            total = rows.reference + rows.window
        }

        mutating func add(_ cells: borrowing CellChunk) {
            let total = Lanes(repeating: total)
            for index in 0..<cells.blockCount {
                let block = cells[index]
                let below = block.below.reference * each.reference + block.below.window * each.window
                let open = block.reference.open * each.reference + block.window.open * each.window
                let point = block.reference.point * each.reference + block.window.point * each.window
                let (before, between) = (block.before * cells.step, block.between * cells.step)
                addGroups(below: below + open, held: point, (between + block.after * cells.step) * 0.5, isEqual: true)
                let isOne = open .<= 1
                addGroups(
                    below: below, held: open.replacing(with: 0, where: .!isOne), (before + between) * 0.5,
                    isEqual: false)
                guard (.!isOne).isAny else { continue }
                let steady = CellQuadrature.isSteady(from: below, held: open, total: total)
                if steady.isAny {
                    let (likely, bound) = Self.steady(block, cells.step, below, open, total, before, between)
                    sums += likely.replacing(with: 0, where: .!steady)
                    bounds += bound.replacing(with: 0, where: .!steady)
                }
                let rest = .!(steady .| isOne)
                if rest.isAny {
                    for lane in 0..<CellChunk.lanes where rest[lane] {
                        addCell(block, lane, cells.step, below: below[lane], held: open[lane])
                    }
                }
            }
        }

        /// Groups of equal values, or single ones, with the gap at their middle; those without values add nothing.
        @inline(__always)
        private mutating func addGroups(below: Lanes, held: Lanes, _ gap: Lanes, isEqual: Bool) {
            let rank = below + held * 0.5
            let weight = rank * (total - rank) - held * (total / 4)
            let (isHeld, isWeighed) = (held .> 0, weight .> 0)
            let terms = held * gap * gap / weight.replacing(with: 1, where: .!isWeighed)
            sums += terms.replacing(with: 0, where: .!(isHeld .& isWeighed))
            if isEqual, (isHeld .& (.!isWeighed)).isAny { isConstant = true }
        }

        /// Open cells whose weight changes little: what they add, and how far that may be off, with one division each.
        @inline(__always)
        private static func steady(
            _ block: CellBlock, _ step: Double, _ below: Lanes, _ held: Lanes, _ total: Lanes, _ before: Lanes,
            _ after: Lanes
        ) -> (likely: Lanes, bound: Lanes) {
            let likely = CellQuadrature.stretch(from: below, held, total, before, after)
            let end = below + held
            let (low, high) = (block.lowest * step, block.highest * step)
            let (first, second) = (low * low, high * high)
            let crosses = (low .< 0) .& (high .> 0)
            let least = Lanes.smaller(first, second).replacing(with: 0, where: crosses)
            let floor = Lanes.smaller(below * (total - below), end * (total - end)) - total * held * 0.25
            let center = Lanes.smaller(Lanes.greater(total * 0.5, below), end)
            let ceiling = center * (total - center)
            // Both over a common denominator.
            let part = held / (floor * ceiling)
            let (fewest, most) = (least * floor * part, Lanes.greater(first, second) * ceiling * part)
            return (likely, Lanes.greater(Lanes.greater(most - likely, likely - fewest), Lanes()))
        }

        /// An open cell near the ends, or with few values.
        private mutating func addCell(_ block: CellBlock, _ lane: Int, _ step: Double, below: Double, held: Double) {
            let likely = CellQuadrature.sum(
                from: below, held: held, total: total, before: block.before[lane] * step,
                after: block.between[lane] * step)
            further.sum += likely
            let range = range(block, lane, step, below: below, held: held)
            further.bound += max(range.most - likely, likely - range.least, 0)
        }

        /// The least and the most that an open cell can add, whatever the order of its values and which of them are equal.
        private func range(
            _ block: CellBlock, _ lane: Int, _ step: Double, below: Double, held: Double
        ) -> (least: Double, most: Double) {
            let above = total - below - held
            if below <= 0 || above <= 0 {
                let (first, second) = (block.reference.open[lane], block.window.open[lane])
                // The largest gap for every rank from the end of an outermost cell.
                let slope = max(first == 0 ? 0 : 1 / rows.reference, second == 0 ? 0 : 1 / rows.window)
                // A group at rank y from the end has H (N - H) - N l / 4 of at least y (N - held) / 2 and at most y N.
                let most = slope * slope * held * held / max(total - held, 0.5)
                return (first != 0 && second != 0 ? 0 : slope * slope * held * held / (2 * total), most)
            }
            let (low, high) = (block.lowest[lane] * step, block.highest[lane] * step)
            let (first, second) = (low * low, high * high)
            let least = low < 0 && high > 0 ? 0 : min(first, second)
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
