package import Statistics

/// A drift value of one column taken apart: the counts that it was computed from, what each bin adds, and where the gap is.
///
/// Anyone can compute the value again from `bins` alone. Where rows carry weights everything counts by weight. O(cells).
package struct DriftExplanation: Sendable {
    /// One bin or category.
    package struct Bin: Sendable {
        /// The edges of a bin; nil at open ends and of categories.
        package let low: Double?
        package let high: Double?
        /// The category; nil of bins, and of categories beyond the cap that share a cell.
        package let name: ByteText?
        package let reference: Int
        package let window: Int
        /// What it adds; nil where the measure is no sum over bins.
        package let term: Double?
        /// How far the true term may be from it; nil where it is exact.
        package let errorBound: Double?
        /// What is summed of the values of both sides; nil but for shifts of mean and spread.
        package let sums: (reference: MomentTerms.Sums, window: MomentTerms.Sums)?
    }

    /// The column.
    package let column: ColumnName
    /// Whether it holds numbers or texts.
    package let kind: FeatureKind
    /// What is explained.
    package let measure: Measure
    /// The value as the window answers it, with its definition.
    package let value: DriftValue
    /// The bins in ascending order, or the categories in the order of their bytes.
    package let bins: [Bin]
    /// The edges of the bins; empty for categories.
    package let edges: [Double]
    /// The sum of the terms is the square of the value.
    package let isSquared: Bool
    /// Where the gap of a Kolmogorov-Smirnov statistic is.
    package let place: KolmogorovPlace?
    /// The moments of both sides; nil but for shifts of mean and spread.
    package let moments: (reference: Moments, window: Moments)?

    let closing: BinClosing
    let cells: [ExplainedCell]
    let slopes: [Double]
    let potential: DriftPotential?
    let counts: PairedCounts

    /// Takes a value apart; nil where the window has none.
    package init?(_ summary: WindowSummary, column: ColumnName, measure: Measure, method: DriftMethod? = nil) {
        guard measure.scope == .drift, let kind = summary.kind(of: column),
            let value = summary.drift(measure, column: column, method: method)
        else { return nil }
        let method = method ?? summary.schema.driftMethod
        self.column = column
        self.kind = kind
        self.measure = measure
        self.value = value
        // Terms of groups of equal values have a closing of their own.
        closing = measure.isOfRows ? .right : method.closing
        let sum = measure.binSum(method.zeroPolicy)
        isSquared = sum?.isSquared ?? (measure == .energy)
        let parts: DriftParts? =
            kind == .numeric
            ? DriftParts(numeric: summary, column, closing: closing, sum: sum, measure: measure)
            : DriftParts(categorical: summary, column, sum: sum, measure: measure)
        guard let parts else { return nil }
        (bins, edges, place, moments) = (parts.bins, parts.edges, parts.place, parts.moments)
        (cells, slopes, counts) = (parts.cells, parts.slopes, parts.counts)
        potential = parts.potential
    }

    /// Why the value has no p-value.
    package var pValueGap: NullReason {
        let isTest = Measure.allCases.contains { other in
            other.drift.map { $0.isProbability && $0.statistic == measure.drift } ?? false
        }
        return isTest ? .insufficient : .noTest
    }

    /// How many of what bins count make one row: 1, or more where rows carry weights.
    package var unit: Int { counts.unit }

    /// Whether segments carry parts of the measure.
    package var hasSegments: Bool { !slopes.isEmpty || potential != nil }

    /// What remains of the value when the changes of all segments and of the rows outside are taken away: what the zero
    /// policy of PSI adds to shares, and what of a measure over cells has no part in its potential; 0 for all other measures. Nil
    /// where segments carry no part of the measure.
    package var smoothing: Double? {
        guard hasSegments else { return nil }
        let terms = bins.compactMap(\.term)
        return (terms.isEmpty ? value.value : terms.reduce(0, +)) - total
    }

    /// What all rows add: the sum of the changes of all segments and of the rows outside.
    package var total: Double {
        if let potential { return potential.difference }
        return slopes.indices.reduce(0) {
            $0 + slopes[$1]
                * (Double(counts.window[$1]) / Double(counts.windowTotal)
                    - Double(counts.reference[$1]) / Double(counts.referenceTotal))
        }
    }

    /// What a segment adds to the value, or to its square; nil where segments carry no part of the measure.
    package func change(of segment: WindowSummary) -> SegmentChange? {
        if let potential { return change(of: segment, potential) }
        guard !slopes.isEmpty else { return nil }
        return SegmentChange(segment: counts(of: segment), all: counts, slopes: slopes)
    }

    private func change(of segment: WindowSummary, _ potential: DriftPotential) -> SegmentChange {
        let counts = counts(of: segment)
        return SegmentChange(
            shares: (
                Double(counts.referenceTotal) / Double(self.counts.referenceTotal),
                Double(counts.windowTotal) / Double(self.counts.windowTotal)
            ),
            means: (
                segment.comparableReference(numeric: column).flatMap { potential.mean(of: $0, isWindow: false) },
                potential.mean(of: segment.comparable(numeric: column), isWindow: true)
            ), potential: potential)
    }

    /// The rows of a segment over the same bins.
    package func counts(of segment: WindowSummary) -> PairedCounts {
        guard kind == .numeric else {
            let (reference, window) = (
                segment.comparableReference(categorical: column), segment.comparable(categorical: column)
            )
            return scaled(
                cells.map { $0.count(in: reference) }, cells.map { $0.count(in: window) }, from: segment.unit)
        }
        let grid = segment.grids.grid(of: column)
        let empty = GridCounts(grid: grid)
        let reference = segment.comparableReference(numeric: column)?.cells ?? empty
        let window = segment.comparable(numeric: column).cells
        guard reference.pairCount == window.pairCount else {
            return PairedCounts(reference: counts.reference.map { _ in 0 }, window: counts.window.map { _ in 0 })
        }
        if let place {
            let (before, after) = (place.count(of: reference, grid: grid), place.count(of: window, grid: grid))
            return scaled(
                [before.below, before.all - before.below], [after.below, after.all - after.below], from: segment.unit)
        }
        let bins = DecileBins(reference: reference, window: window, grid: grid, closing: closing).counts
        return scaled(bins.reference, bins.window, from: segment.unit)
    }

    /// Counts of a segment in the unit of all rows: a segment without weighted rows is counted in whole rows.
    private func scaled(_ reference: [Int], _ window: [Int], from unit: Int) -> PairedCounts {
        let factor = max(counts.unit / unit, 1)
        return PairedCounts(
            reference: reference.map { $0 &* factor }, window: window.map { $0 &* factor }, unit: counts.unit)
    }
}

/// A category, or a cell that several share.
enum ExplainedCell: Hashable, Sendable {
    case name(ByteText)
    case hash(Int)

    func count(in summary: CategoricalSummary?) -> Int {
        switch self {
        case .name(let name): summary?.named[name] ?? 0
        case .hash(let cell): summary?.hashed[cell] ?? 0
        }
    }
}

extension Measure {
    /// Whether values at an edge are counted in the bin below it, whatever the method says.
    fileprivate var isOfRows: Bool {
        switch self {
        case .cramerVonMises, .andersonDarling, .meanShift, .spreadShift: true
        default: false
        }
    }

    /// The sum over bins that the measure is; nil for others.
    func binSum(_ zeroPolicy: ZeroPolicy) -> BinTerms.Measure? {
        switch self {
        case .psi: .psi(zeroPolicy)
        case .jsDistance: .jensenShannon
        case .hellinger: .hellinger
        case .totalVariation: .totalVariation
        case .chi2: .chiSquared
        case .kl: .kullbackLeibler(zeroPolicy, isReversed: false)
        case .klReverse: .kullbackLeibler(zeroPolicy, isReversed: true)
        case .g: .logLikelihood
        default: nil
        }
    }
}
