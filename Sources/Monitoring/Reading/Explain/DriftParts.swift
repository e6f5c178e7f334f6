import Statistics

/// The counts and terms of an explanation, of either kind of column.
struct DriftParts {
    var bins: [DriftExplanation.Bin] = []
    var edges: [Double] = []
    var cells: [ExplainedCell] = []
    var slopes: [Double] = []
    var counts: PairedCounts
    var place: KolmogorovPlace?
    var moments: (reference: Moments, window: Moments)?
    var potential: DriftPotential?

    init?(
        numeric summary: WindowSummary, _ column: ColumnName, closing: BinClosing, sum: BinTerms.Measure?,
        measure: Measure
    ) {
        guard let side = summary.comparableReference(numeric: column) else { return nil }
        let (other, grid) = (summary.comparable(numeric: column), summary.grids.grid(of: column))
        let (reference, window) = (side.cells, other.cells)
        guard reference.pairCount == window.pairCount else { return nil }
        let deciles = DecileBins(reference: reference, window: window, grid: grid, closing: closing)
        counts = deciles.counts.counted(in: summary.unit)
        edges = deciles.edges
        let terms = sum.flatMap { BinTerms(counts, measure: $0, sizes: summary.sizes(of: column)) }
        let cells = CellTerms(measure, side, other, grid, sizes: summary.sizes(of: column))
        let moments = MomentTerms(measure, side, other, grid)
        bins = deciles.bins.enumerated().map { index, bin in
            DriftExplanation.Bin(
                low: bin.low, high: bin.high, name: nil, reference: bin.reference, window: bin.window,
                term: terms?.terms[index] ?? cells?.terms[index] ?? moments?.terms[index],
                errorBound: cells?.errorBounds[index] ?? moments?.errorBounds[index],
                sums: moments.map { ($0.reference[index], $0.window[index]) })
        }
        slopes = terms?.slopes ?? []
        potential = measure.drift.flatMap {
            DriftPotential($0, reference: side, window: other, grid: grid, sizes: summary.sizes(of: column))
        }
        if moments != nil { self.moments = (side.moments, other.moments) }
        guard measure == .ks, let place = KolmogorovPlace(reference: reference, window: window, grid: grid) else {
            return
        }
        self.place = place
        counts = PairedCounts(
            reference: [place.reference, place.referenceTotal - place.reference],
            window: [place.window, place.windowTotal - place.window])
        slopes = [place.gap > 0 ? -1 : 1, 0]
    }

    init?(categorical summary: WindowSummary, _ column: ColumnName, sum: BinTerms.Measure?, measure: Measure) {
        guard let reference = summary.comparableReference(categorical: column) else { return nil }
        let window = summary.comparable(categorical: column)
        cells =
            Set(reference.named.keys).union(window.named.keys).sorted().map(ExplainedCell.name)
            + Set(reference.hashed.keys).union(window.hashed.keys).sorted().map(ExplainedCell.hash)
        let counts = PairedCounts(
            reference: cells.map { $0.count(in: reference) }, window: cells.map { $0.count(in: window) },
            unit: summary.unit)
        self.counts = counts
        let terms = sum.flatMap { BinTerms(counts, measure: $0, sizes: summary.sizes(of: column)) }
        bins = cells.enumerated().map { index, cell in
            var name: ByteText?
            if case .name(let text) = cell { name = text }
            return DriftExplanation.Bin(
                low: nil, high: nil, name: name, reference: counts.reference[index], window: counts.window[index],
                term: terms?.terms[index], errorBound: nil, sums: nil)
        }
        slopes = terms?.slopes ?? []
        guard measure == .lInfinity else { return }
        // The category whose shares differ most, up or down.
        let gaps = counts.reference.indices.map { counts.share(ofWindow: $0) - counts.share(ofReference: $0) }
        let place = gaps.indices.max { gaps[$0].magnitude < gaps[$1].magnitude }
        slopes = gaps.indices.map { $0 == place ? (gaps[$0] < 0 ? -1 : 1) : 0 }
    }
}

extension PairedCounts {
    fileprivate func share(ofReference bin: Int) -> Double { Double(reference[bin]) / Double(referenceTotal) }

    fileprivate func share(ofWindow bin: Int) -> Double { Double(window[bin]) / Double(windowTotal) }
}

extension CellTerms {
    /// Of a measure that is a sum over cells; nil for others.
    fileprivate init?(
        _ measure: Measure, _ reference: NumericSummary, _ window: NumericSummary, _ grid: RankGrid, sizes: SampleSizes?
    ) {
        let (before, after) = (reference.cells, window.cells)
        let terms: CellTerms? =
            switch measure {
            case .wasserstein: .wasserstein(reference: before, window: after, grid: grid)
            case .energy:
                .energy(
                    reference: before, window: after, grid: grid,
                    extremes: reference.extremes.merged(with: window.extremes))
            case .cramerVonMises: .cramerVonMises(reference: before, window: after, grid: grid, sizes: sizes)
            case .andersonDarling: .andersonDarling(reference: before, window: after, grid: grid, sizes: sizes)
            default: nil
            }
        guard let terms else { return nil }
        self = terms
    }
}

extension MomentTerms {
    /// Of a measure of moments; nil for others.
    fileprivate init?(_ measure: Measure, _ reference: NumericSummary, _ window: NumericSummary, _ grid: RankGrid) {
        let terms: MomentTerms? =
            switch measure {
            case .meanShift: .mean(reference: reference, window: window, grid: grid)
            case .spreadShift: .spread(reference: reference, window: window, grid: grid)
            default: nil
            }
        guard let terms else { return nil }
        self = terms
    }
}
