import Statistics
import Testing

struct NumericSummaryTests {
    @Test func `nulls, type errors and values out of range are counted apart`() {
        let grid = RankGrid(freezing: [1, 2, 3], limit: 10)
        let values = [1, .nan, 5, -1, 2, .nan, 2.5]
        var summary = NumericSummary(grid: grid)
        var scratch = FoldScratch()
        summary.fold(values.span, typeErrors: 1, range: 0...4, on: grid, scratch: &scratch)
        #expect(summary.count == 5)
        #expect(summary.missing == 2)
        #expect(summary.typeErrors == 1)
        #expect(summary.outOfRange == 2)
        #expect(summary.extremes == Extremes(-1, 5))
    }

    @Test func `only the chosen rows are counted`() {
        let grid = RankGrid(freezing: [1, 2, 3], limit: 10)
        let values = [1, 100, .nan, 2, 300]
        let rows: [Int32] = [0, 3, 2, 3]
        var summary = NumericSummary(grid: grid)
        var scratch = FoldScratch()
        summary.fold(values.span, rows: rows.span, range: 0...1.5, on: grid, scratch: &scratch)
        #expect(summary.count == 3)
        #expect(summary.missing == 1)
        #expect(summary.outOfRange == 2)
        #expect(summary.extremes.maximum == 2)
        #expect(isClose(summary.moments.mean, 5.0 / 3))
    }

    @Test func `a column of nulls has a count of nulls and nothing else`() {
        let pair = ColumnComparison(reference: [1, 2, 3], window: [.nan, .nan])
        #expect(pair.window.missing == 2)
        #expect(!pair.window.isEmpty)
        #expect(pair.window.cells.isEmpty)
        #expect(pair.ks == nil)
        #expect(pair.wasserstein == nil)
        #expect(GridQuantile(pair.window, grid: pair.grid) == nil)
    }

    @Test func `without a reference there are moments and extremes all the same`() {
        let pair = ColumnComparison(reference: [], window: [1, 2, 6])
        #expect(pair.window.moments.mean == 3)
        #expect(pair.window.extremes == Extremes(1, 6))
        #expect(pair.ks == nil)
        #expect(pair.wasserstein == nil)
    }

    @Test func `a summary that becomes empty has no extremes`() {
        let pair = ColumnComparison(reference: [1, 2, 3], window: [1, 5])
        var total = pair.window
        total.subtract(pair.window)
        #expect(total.isEmpty)
        #expect(total.extremes.isEmpty)
    }

    @Test(arguments: [1, 2, 511, 512, 513, 1024, 3000])
    func `columns of any length are counted whole`(count: Int) {
        let values = (0..<count).map { Double($0 % 7) - ($0 % 11 == 0 ? .nan : 0) }
        let pair = ColumnComparison(reference: [0, 1, 2, 3, 4, 5, 6], window: values)
        let present = values.filter { !$0.isNaN }
        #expect(pair.window.count == present.count)
        #expect(pair.window.missing == count - present.count)
        for value in 0..<7 {
            let cell = pair.grid.cell(of: Double(value))
            #expect(pair.window.cells.count(inCell: cell) == present.count { $0 == Double(value) })
        }
    }
}
