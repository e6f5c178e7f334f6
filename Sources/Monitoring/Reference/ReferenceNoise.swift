import Statistics

/// What the laws of measures need of a frozen reference, worked out once for all windows that are compared with it.
///
/// It holds only columns that no weights change, and only numbers: categories depend on those of the window.
package struct ReferenceNoise: Sendable {
    private let columns: [ColumnName: ColumnNoise]

    /// Works out the noise of a side's columns on the grids that it is counted over.
    ///
    /// - Complexity: O(columns x cells), some ten microseconds a column.
    package init(_ pane: Pane, grids: ColumnGrids) {
        guard !pane.isWeighted else {
            columns = [:]
            return
        }
        var columns: [ColumnName: ColumnNoise] = [:]
        for (name, summary) in pane.numeric {
            let grid = grids.grid(of: name)
            guard summary.fits(grid) else { continue }
            columns[name] = ColumnNoise(keeping: summary, grid: grid)
        }
        self.columns = columns
    }

    /// How many columns it holds.
    package var count: Int { columns.count }

    /// The noise of a column, nil where it depends on the window.
    func noise(of column: ColumnName) -> ColumnNoise? { columns[column] }
}
