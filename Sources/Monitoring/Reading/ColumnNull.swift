import Statistics

/// What chance allows the measures of one column of a window: their laws without drift, given both sides' sizes.
struct ColumnNull {
    private let kind: FeatureKind
    private let size: Int
    private let bins: (BinClosing) -> [Int]
    private let ranks: ReferenceRanks?
    private let source: any NullLawSource

    /// Nil without a reference for the column.
    init?(_ summary: WindowSummary, _ column: ColumnName) {
        guard summary.reference != nil, let kind = summary.kind(of: column) else { return nil }
        self.kind = kind
        source = summary.laws
        let sizes = summary.sizes(of: column)
        switch kind {
        case .numeric:
            guard let cells = summary.comparableReference(numeric: column)?.cells else { return nil }
            let grid = summary.grids.grid(of: column)
            guard cells.pairCount == grid.pairCount else { return nil }
            size = Self.rows(sizes?.window) ?? summary.numeric(column).count
            let rows = Self.rows(sizes?.reference)
            ranks = ReferenceRanks(cells, grid: grid, rows: rows)
            bins = { closing in
                let counts = DecileBins(
                    reference: cells, window: GridCounts(grid: grid), grid: grid, closing: closing
                ).counts.reference
                return ReferenceBins.scaled(counts, to: rows)
            }
        case .categorical:
            guard let table = summary.comparableTable(column) else { return nil }
            size = Self.rows(sizes?.window) ?? summary.categorical(column).count
            ranks = nil
            let counts = ReferenceBins.scaled(
                table.rows.map(\.reference).filter { $0 > 0 }, to: Self.rows(sizes?.reference))
            bins = { _ in counts }
        }
    }

    /// How many rows weighted ones are worth, rounded down; nil where every row counts once.
    private static func rows(_ effective: Double?) -> Int? {
        effective.map { Int(exactly: $0.rounded(.down)) ?? 0 }
    }

    /// The law of a measure; nil where it has none or the sides are too small to tell.
    func law(_ measure: DriftMeasure, _ method: DriftMethod) -> NullLaw? {
        // Definitions of other tools have other bins, of which no law is known.
        guard method.peer == nil, !measure.isProbability, kind == .numeric ? measure.isNumeric : measure.isCategorical
        else { return nil }
        if measure.isRanked {
            guard let ranks, isEnough(ranks.total, ThresholdLimits.fewestRanked) else { return nil }
            if let law = RankedLaws.closedForm(measure, ranks, window: size) { return law }
            guard !RankedLaws.isClosedOnly(measure) else { return nil }
            return simulated(measure, RankedLaws.keys(ranks, window: size))
        }
        let counts = ReferenceBins(
            counts: bins(method.closing), isOpen: kind == .categorical, zeroPolicy: method.zeroPolicy)
        guard isEnough(counts.total, ThresholdLimits.fewestBinned) else { return nil }
        if let law = BinnedLaws.closedForm(measure, counts, window: size) { return law }
        return simulated(measure, BinnedLaws.keys(counts, window: size))
    }

    private func simulated(_ measure: DriftMeasure, _ keys: [NullLawKey]) -> NullLaw? {
        SimulatedLaws.law(measure, window: size, from: keys.map(source.laws(for:)))
    }

    private func isEnough(_ reference: Int, _ least: Int) -> Bool {
        reference >= ThresholdLimits.fewestReference && size >= least
    }
}
