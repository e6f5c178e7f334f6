import Statistics

/// The counts and terms of an explanation, of either kind of column.
struct DriftParts {
    var bins: [DriftExplanation.Bin] = []
    var edges: [Double] = []
    var cells: [ExplainedCell] = []
    var slopes: [Double] = []
    var counts: PairedCounts
    var place: KolmogorovPlace?

    init?(
        numeric summary: WindowSummary, _ column: ColumnName, closing: BinClosing, sum: BinTerms.Measure?,
        measure: Measure
    ) {
        guard let reference = summary.comparableReference(numeric: column)?.cells else { return nil }
        let (window, grid) = (summary.comparable(numeric: column).cells, summary.grids.grid(of: column))
        guard reference.pairCount == window.pairCount else { return nil }
        let deciles = DecileBins(reference: reference, window: window, grid: grid, closing: closing)
        counts = deciles.counts.counted(in: summary.unit)
        edges = deciles.edges
        let terms = sum.flatMap { BinTerms(counts, measure: $0, sizes: summary.sizes(of: column)) }
        let areas = measure == .wasserstein ? AreaTerms(reference: reference, window: window, grid: grid) : nil
        bins = deciles.bins.enumerated().map { index, bin in
            DriftExplanation.Bin(
                low: bin.low, high: bin.high, name: nil, reference: bin.reference, window: bin.window,
                term: terms?.terms[index] ?? areas?.areas[index], errorBound: areas?.errorBounds[index])
        }
        slopes = terms?.slopes ?? []
        guard measure == .ks, let place = KolmogorovPlace(reference: reference, window: window, grid: grid) else {
            return
        }
        self.place = place
        counts = PairedCounts(
            reference: [place.reference, place.referenceTotal - place.reference],
            window: [place.window, place.windowTotal - place.window])
        slopes = [place.gap > 0 ? -1 : 1, 0]
    }

    init?(categorical summary: WindowSummary, _ column: ColumnName, sum: BinTerms.Measure?) {
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
                term: terms?.terms[index], errorBound: nil)
        }
        slopes = terms?.slopes ?? []
    }
}
