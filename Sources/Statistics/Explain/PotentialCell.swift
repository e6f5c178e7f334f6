/// What a drift potential is at a cut point and in the open interval below it; see ``DriftPotential``.
struct PotentialCell: Sendable {
    /// At the cut point.
    var point = 0.0
    /// In the open interval: a line, in the unit of the measure for one of the scale.
    var open = 0.0
    var slope = 0.0
    /// Where the line has the value `open`, in units of the scale.
    var anchor: Int128 = 0
    /// At the only value that each side has in the open interval, where it has one and the function is no line.
    var single: (reference: Double, window: Double)?

    /// What the values of an open interval add up to.
    fileprivate func sum(_ pair: CellPair, isWindow: Bool) -> Double {
        if let single { return Double(pair.open) * (isWindow ? single.window : single.reference) }
        return Double(pair.open) * open + slope * (pair.sum &- Int128(pair.open) &* anchor).real
    }

    /// The mean over rows; nil without any, or on another grid.
    static func mean(of rows: GridCounts, over cells: [Self], isWindow: Bool) -> Double? {
        guard rows.count > 0, rows.pairCount == cells.count else { return nil }
        let sum = rows.occupied.reduce(0.0) { sum, cell in
            sum + cells[cell.index].sum(cell.pair, isWindow: isWindow) + Double(cell.pair.point)
                * cells[cell.index].point
        }
        return sum / Double(rows.count)
    }

    /// The cells of a measure that is a sum over them; nil for others, and where it has no value.
    static func cells(
        _ measure: DriftMeasure, _ reference: NumericSummary, _ window: NumericSummary, _ grid: RankGrid,
        _ sizes: SampleSizes?
    ) -> [Self]? {
        guard reference.cells.count > 0, window.cells.count > 0, grid.count > 0,
            reference.cells.pairCount == grid.pairCount, window.cells.pairCount == grid.pairCount
        else { return nil }
        let gaps = PotentialGaps(reference.cells, window.cells, sizes)
        switch measure {
        case .wasserstein, .energy:
            guard reference.cells.unsummed == 0, window.cells.unsummed == 0 else { return nil }
            return gaps.areas(
                grid, reference.extremes.merged(with: window.extremes), isSquared: measure == .energy)
        case .cramerVonMises: return gaps.steps { $0.cramerVonMises($1) }
        case .andersonDarling:
            guard let deviation = AndersonDarling.deviation(gaps.rows.reference, gaps.rows.window) else { return nil }
            return gaps.steps { $0.andersonDarling($1, deviation: deviation) }
        default: return nil
        }
    }
}
