import Statistics

/// A reference and a window column with everything that is computed of them.
struct ColumnComparison {
    let grid: RankGrid
    let reference: NumericSummary
    var window: NumericSummary

    /// NaN stands for null.
    init(reference values: [Double], window others: [Double], limit: Int = 65536) {
        grid = RankGrid(freezing: values, limit: limit)
        reference = Self.summary(of: values, on: grid)
        window = Self.summary(of: others, on: grid)
    }

    static func summary(of values: [Double], on grid: RankGrid) -> NumericSummary {
        var summary = NumericSummary(grid: grid)
        var scratch = FoldScratch()
        summary.fold(values.span, on: grid, scratch: &scratch)
        return summary
    }

    var ks: KolmogorovSmirnov? { KolmogorovSmirnov(reference: reference.cells, window: window.cells) }
    var wasserstein: Wasserstein? { Wasserstein(reference: reference.cells, window: window.cells, grid: grid) }

    func bins(_ closing: BinClosing) -> DecileBins {
        DecileBins(reference: reference.cells, window: window.cells, grid: grid, closing: closing)
    }
}
