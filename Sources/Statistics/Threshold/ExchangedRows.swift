/// The laws of the measures of many categories, given what reference and window hold together.
///
/// Without drift every row might as well be on the other side. Given how many rows of each category both sides have together,
/// the window's are a draw without replacement, whatever the shares behind them, and whichever categories one side has not
/// met: nothing has to be estimated of these. Over such draws a sum over categories has a known mean, variance and third
/// moment (see ``sum(_:)``), and its law is taken to be the chi-squared one with the same three (Pearson 1959).
///
/// O(distinct totals x points of a ``CategorySplit`` + distinct totals^2) for each law: some hundred microseconds for a hundred
/// totals.
package struct ExchangedRows: Sendable {
    private let counts: PairedCounts
    private let zeroPolicy: ZeroPolicy
    private let cells: [ExchangedCell]

    /// Both sides; nil where one is empty or all rows are of one category.
    package init?(_ counts: PairedCounts, zeroPolicy: ZeroPolicy) {
        let met = counts.reference.indices.filter { counts.reference[$0] &+ counts.window[$0] > 0 }
        guard !counts.hasEmptySide, met.count > 1 else { return nil }
        self.counts = PairedCounts(
            reference: met.map { counts.reference[$0] }, window: met.map { counts.window[$0] }, halves: counts.halves)
        self.zeroPolicy = zeroPolicy
        let totals = Dictionary(met.map { (counts.reference[$0] &+ counts.window[$0], 1) }, uniquingKeysWith: +)
        let sizes = self.counts.sizes
        cells = totals.sorted { $0.key < $1.key }.map { ExchangedCell(total: $0.key, number: $0.value, of: sizes) }
    }

    /// Whether so many rows of every category may be on either side that the sum over a few of them does not come in steps.
    package var isFine: Bool { cells.allSatisfy { $0.rows.square >= ThresholdLimits.exchangedVariance } }

    /// The law of a measure; nil where chance moves it too little to tell, or where it may have no value.
    package func law(_ measure: DriftMeasure) -> NullLaw? {
        switch measure {
        case .cramersV:
            let (categories, sizes) = (counts.reference.count, counts.sizes)
            return law(.chi2).map { .cramersV($0, columns: categories, total: sizes.reference + sizes.window) }
        case .lInfinity: return .greatest(GreatestGap(cells, of: counts.sizes))
        default: break
        }
        guard let term = CellTerm(measure, zeroPolicy: zeroPolicy, counts: counts) else { return nil }
        return sum(term).law(isRoot: term.isRoot, greatest: measure.isAtMostOne ? 1 : .infinity)
    }

    /// The moments of the sum over all categories.
    ///
    /// The mean is exact. A multiple of the window's rows is taken from every term: that adds up to nothing, and leaves terms that
    /// hardly go together. For what still does, terms are developed about normal numbers of rows, whose correlation is known
    /// (Mehler 1866): the linear part exactly, and the even one, which is that of squares or of magnitudes. The third moment is
    /// taken to grow with what goes together as that of a common factor would.
    private func sum(_ term: CellTerm) -> TermMoments {
        let found = cells.map { $0.moments(term) }
        let spread = zip(cells, found).reduce((0, 0)) { sum, part in
            (sum.0 + part.0.number * part.1.withRows, sum.1 + part.0.number * part.0.rows.square)
        }
        let slope = spread.1 > 0 ? spread.0 / spread.1 : 0
        let left = zip(cells, found).map { $1.less(slope, $0.rows) }
        var sum = TermMoments()
        for (cell, moments) in zip(cells, left) {
            sum.mean += cell.number * moments.mean
            sum.square += cell.number * moments.square
            sum.cube += cell.number * moments.cube
        }
        guard sum.square > 0 else { return sum }
        let growth = max(1 + (linear(left) + even(left, term)) / sum.square, 0)
        sum.square *= growth
        sum.cube *= growth * growth
        return sum
    }

    /// How the parts of different categories' terms that are lines in the rows vary together.
    private func linear(_ moments: [TermMoments]) -> Double {
        var (all, own) = (0.0, 0.0)
        for (cell, moments) in zip(cells, moments) where cell.rows.square > 0 {
            let step = moments.withRows / cell.rows.square * cell.share
            all += cell.number * step
            own += cell.number * step * step
        }
        let sizes = counts.sizes
        let rows = sizes.reference + sizes.window
        return -(all * all - own) * sizes.harmonic * rows / max(rows - 1, 1)
    }

    /// How the parts that are the same for more and for fewer rows vary together.
    private func even(_ moments: [TermMoments], _ term: CellTerm) -> Double {
        let parts = zip(cells, moments).map { $0.rows.square > 0 ? $1.withSquaredRows / $0.rows.square : 0 }
        var together = 0.0
        for (place, cell) in cells.enumerated() {
            let same = cell.number * (cell.number - 1) * parts[place]
            together += same * parts[place] * term.evenPart(cell.squaredCorrelation(cell))
            for other in 0..<place {
                together +=
                    2 * cell.number * cells[other].number * parts[place] * parts[other]
                    * term.evenPart(cell.squaredCorrelation(cells[other]))
            }
        }
        return together
    }
}
