package import Statistics

/// Reference and window of a numeric column, and what they differ in.
package struct NumericDrift: Sendable {
    package let reference: NumericSummary
    package let window: NumericSummary
    package let grid: RankGrid

    /// The effective sizes of weighted rows; nil where every row counts as one.
    package let sizes: SampleSizes?

    /// How many of what is counted make one row.
    package let unit: Int

    /// How far the reference's values lie from their median, where that is known.
    private let deviation: AbsoluteDeviation?

    /// What one pass over the cells gave; nil before there was one.
    private var comparison: GridComparison?

    /// Two sides on one grid.
    package init(
        reference: NumericSummary, window: NumericSummary, grid: RankGrid, sizes: SampleSizes? = nil, unit: Int = 1,
        deviation: AbsoluteDeviation? = nil
    ) {
        self.reference = reference
        self.window = window
        self.grid = grid
        self.sizes = sizes
        self.unit = unit
        self.deviation = deviation
    }

    /// The same with all measures in one definition counted in one pass, for those who ask for many. O(K).
    func comparing(_ method: DriftMethod) -> Self {
        var result = self
        result.comparison = GridComparison(
            reference: reference.cells, window: window.cells, grid: grid, closing: method.closing, sizes: sizes,
            extremes: extremes)
        return result
    }

    /// The decile bins with the counts of both sides.
    package func bins(_ closing: BinClosing) -> DecileBins {
        if let bins = comparison?.bins, bins.closing == closing { return bins }
        return DecileBins(reference: reference.cells, window: window.cells, grid: grid, closing: closing)
    }

    /// A measure with all that belongs to it; nil where it is undefined or not of numbers.
    package func value(_ measure: Measure, _ method: DriftMethod) -> DriftValue? {
        if let peer = method.peer { return peerValue(measure, method, peer) }
        switch measure {
        case .ks:
            guard
                var value = kolmogorovSmirnov.map({
                    DriftValue($0.statistic, pValue: $0.pValue, errorBound: $0.errorBound)
                })
            else { return nil }
            value.exactPValue = kolmogorovSmirnov?.exactPValue
            return value
        case .cramerVonMises:
            guard let test = cramerVonMises else { return nil }
            var value = DriftValue(test.statistic, pValue: test.pValue, errorBound: test.errorBound)
            value.tieShift = test.tieShift
            return value
        case .andersonDarling:
            guard let test = andersonDarling else { return nil }
            var value = DriftValue(test.statistic, pValue: test.pValue, errorBound: test.errorBound)
            value.isPValueClipped = test.isClipped
            return value
        case .wasserstein:
            return wasserstein.map {
                DriftValue(
                    $0.distance, normalised: $0.normalised(by: reference.moments.std)?.distance,
                    errorBound: $0.errorBound)
            }
        case .energy: return energy.map { DriftValue($0.distance, errorBound: $0.errorBound) }
        case .meanShift:
            return MeanShift(reference: reference.moments, window: window.moments, sizes: sizes).map {
                DriftValue($0.shift, pValue: $0.pValue)
            }
        case .spreadShift:
            return SpreadShift(reference: reference, window: window, grid: grid, sizes: sizes, known: deviation)
                .map { DriftValue($0.logRatio, pValue: $0.pValue) }
        case .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation:
            return bins(method.closing).counts.counted(in: unit).value(measure, method, .numeric)
        default: return nil
        }
    }

    private func peerValue(_ measure: Measure, _ method: DriftMethod, _ peer: PeerTool) -> DriftValue? {
        let counts =
            switch peer {
            case .nannyml: PeerBins.nannyML(reference: reference.cells, window: window.cells, grid: grid)
            case .evidently: PeerBins.evidently(reference: reference.cells, window: window.cells, grid: grid)
            }
        return counts?.counted(in: unit).value(measure, method, .numeric)
    }

    private var extremes: Extremes { reference.extremes.merged(with: window.extremes) }

    private var kolmogorovSmirnov: KolmogorovSmirnov? {
        comparison?.kolmogorovSmirnov
            ?? KolmogorovSmirnov(reference: reference.cells, window: window.cells, sizes: sizes)
    }

    private var cramerVonMises: CramerVonMises? {
        if let comparison { return comparison.cramerVonMises }
        return CramerVonMises(reference: reference.cells, window: window.cells, sizes: sizes)
    }

    private var andersonDarling: AndersonDarling? {
        if let comparison { return comparison.andersonDarling }
        return AndersonDarling(reference: reference.cells, window: window.cells, sizes: sizes)
    }

    private var wasserstein: Wasserstein? {
        if let comparison { return comparison.wasserstein }
        return Wasserstein(reference: reference.cells, window: window.cells, grid: grid)
    }

    private var energy: EnergyDistance? {
        if let comparison { return comparison.energy }
        return EnergyDistance(reference: reference.cells, window: window.cells, grid: grid, extremes: extremes)
    }
}
