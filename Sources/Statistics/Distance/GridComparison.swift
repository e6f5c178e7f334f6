/// All that reference and window of a numeric column differ in, from one pass over their cells.
///
/// O(K); logarithms only over the decile bins and in p-values.
package struct GridComparison: Sendable {
    package let kolmogorovSmirnov: KolmogorovSmirnov
    /// Nil for effective sizes of zero.
    package let cramerVonMises: CramerVonMises?
    /// Nil with fewer than four rows or a single cut point.
    package let andersonDarling: AndersonDarling?
    /// Nil without cut points or with values that were too large to be summed.
    package let wasserstein: Wasserstein?
    /// Nil as `wasserstein`.
    package let energy: EnergyDistance?
    /// The counts of the decile bins.
    package let bins: DecileBins

    /// Compares counts on one grid; nil if a side is empty.
    ///
    /// `closing` is how the decile bins are closed, `sizes` are the effective ones of weighted rows, and `extremes` those of
    /// both sides together.
    package init?(
        reference: GridCounts, window: GridCounts, grid: RankGrid, closing: BinClosing, sizes: SampleSizes? = nil,
        extremes: Extremes = Extremes()
    ) {
        guard reference.count > 0, window.count > 0 else { return nil }
        let (n, m) = (reference.count, window.count)
        var pass = Accumulator(
            gaps: KolmogorovSmirnov.Accumulator(), squares: CramerVonMises.Accumulator(n, m, sizes),
            tails: AndersonDarling.Accumulator(n, m, sizes),
            area: GridArea(grid: grid, extremes: extremes))
        pass.run(reference, window)
        kolmogorovSmirnov = KolmogorovSmirnov(pass.gaps, n, m, sizes)
        cramerVonMises = CramerVonMises(pass.squares)
        andersonDarling = AndersonDarling(pass.tails)
        let isSummed = grid.count > 0 && reference.unsummed == 0 && window.unsummed == 0
        wasserstein = isSummed ? Wasserstein(pass.area, grid: grid) : nil
        energy = isSummed ? EnergyDistance(pass.area) : nil
        bins = DecileBins(reference: reference, window: window, grid: grid, closing: closing)
    }

    /// Everything that is added up over the cells.
    private struct Accumulator: CellAccumulator {
        var gaps: KolmogorovSmirnov.Accumulator
        var squares: CramerVonMises.Accumulator
        var tails: AndersonDarling.Accumulator
        var area: GridArea

        mutating func add(_ cells: borrowing CellChunk) {
            gaps.add(cells)
            squares.add(cells)
            tails.add(cells)
            area.add(cells)
        }
    }
}
