import Statistics

/// What chance allows the measures of one column of a window: their laws without drift, given both sides' sizes.
struct ColumnNull {
    private let kind: FeatureKind
    private let size: Int
    private var noise: ColumnNoise
    private let source: any NullLawSource
    /// The simulations of the column by which keys they were asked for, looked up once for all measures.
    private var simulations: [(ranked: Bool, method: DriftMethod, laws: [SimulatedLaws])] = []
    /// Both sides of a column of categories.
    private let categories: PairedCounts?
    /// The same where rare categories of weighted rows need not be a whole row.
    private let frequent: PairedCounts?
    /// What half a row is in the law's counts.
    private let halves: HalfRows
    /// The laws of many categories, by what is done about empty ones.
    private var exchanged: [ZeroPolicy: ExchangedRows?] = [:]

    /// Nil without a reference for the column.
    init?(_ summary: WindowSummary, _ column: ColumnName) {
        guard let reference = summary.reference, let kind = summary.kind(of: column) else { return nil }
        self.kind = kind
        source = summary.laws
        let sizes = summary.sizes(of: column)
        let rows = Self.rows(sizes?.reference)
        switch kind {
        case .numeric:
            guard let cells = summary.comparableReference(numeric: column)?.cells else { return nil }
            let grid = summary.grids.grid(of: column)
            guard cells.pairCount == grid.pairCount else { return nil }
            size = Self.rows(sizes?.window) ?? summary.numeric(column).count
            let known = summary.isWeighted ? nil : reference.noise?.noise(of: column)
            noise = known ?? ColumnNoise(cells, grid: grid, rows: rows)
            (categories, frequent) = (nil, nil)
            halves = PairedCounts(
                reference: [cells.count], window: [summary.comparable(numeric: column).count], unit: summary.unit
            ).halves(worth: sizes)
        case .categorical:
            guard let table = summary.comparableTable(column) else { return nil }
            size = Self.rows(sizes?.window) ?? summary.categorical(column).count
            let counts = summary.effectiveCounts(table, sizes: sizes)
            noise = ColumnNoise(categories: counts.reference.filter { $0 > 0 })
            categories = counts
            halves = table.counts.counted(in: summary.unit).halves(worth: sizes)
            frequent = sizes.map { summary.effectiveCounts(table, sizes: $0, keepsRare: false) }
        }
    }

    /// How many rows weighted ones are worth, rounded down; nil where every row counts once.
    static func rows(_ effective: Double?) -> Int? {
        effective.map { Int(exactly: $0.rounded(.down)) ?? 0 }
    }

    /// The law of a measure; nil where it has none or the sides are too small to tell.
    mutating func law(_ measure: DriftMeasure, _ method: DriftMethod) -> NullLaw? {
        // Definitions of other tools have other bins, of which no law is known.
        guard method.peer == nil, !measure.isProbability, kind == .numeric ? measure.isNumeric : measure.isCategorical
        else { return nil }
        if measure.isRanked {
            guard let ranks = noise.ranks(), isEnough(ranks.total, ThresholdLimits.fewestRanked) else { return nil }
            if let law = RankedLaws.closedForm(measure, ranks, window: size) { return law }
            guard !RankedLaws.isClosedOnly(measure) else { return nil }
            return simulated(measure, method) { RankedLaws.keys(ranks, window: $0) }
        }
        let counts = ReferenceBins(
            counts: noise.bins(method.closing), isOpen: kind == .categorical, zeroPolicy: method.zeroPolicy,
            halves: halves)
        guard isEnough(counts.total, ThresholdLimits.fewestBinned) else { return nil }
        if let law = BinnedLaws.closedForm(measure, counts, window: size) { return law }
        if counts.isMany {
            // Whole rows for what is rare make more rows than weighted ones are worth, which the greatest gap is not about.
            if measure == .lInfinity, let frequent {
                return ExchangedRows(frequent, zeroPolicy: method.zeroPolicy)?.law(measure)
            }
            return exchangedRows(method.zeroPolicy)?.law(measure)
        }
        if measure.weighsRareCells, let rows = exchangedRows(method.zeroPolicy), rows.isFine {
            return rows.law(measure)
        }
        return simulated(measure, method) { BinnedLaws.keys(counts, window: $0) }
    }

    private mutating func exchangedRows(_ zeroPolicy: ZeroPolicy) -> ExchangedRows? {
        if let known = exchanged[zeroPolicy] { return known }
        let rows = categories.flatMap { ExchangedRows($0, zeroPolicy: zeroPolicy) }
        exchanged[zeroPolicy] = .some(rows)
        return rows
    }

    private mutating func simulated(
        _ measure: DriftMeasure, _ method: DriftMethod, _ keys: (Int) -> [NullLawKey]
    ) -> NullLaw? {
        let ranked = measure.isRanked
        if let known = simulations.first(where: { $0.ranked == ranked && $0.method == method }) {
            return SimulatedLaws.law(measure, window: size, from: known.laws)
        }
        let laws = keys(size).map(source.laws(for:))
        simulations.append((ranked, method, laws))
        return SimulatedLaws.law(measure, window: size, from: laws)
    }

    /// Whether both sides have as many values as a verdict takes at least.
    mutating func hasEnough(for measure: DriftMeasure, _ method: DriftMethod) -> Bool {
        isEnough(
            noise.bins(method.closing).reduce(0, +),
            measure.isRanked ? ThresholdLimits.fewestRanked : ThresholdLimits.fewestBinned)
    }

    private func isEnough(_ reference: Int, _ least: Int) -> Bool {
        reference >= ThresholdLimits.fewestReference && size >= least
    }
}
