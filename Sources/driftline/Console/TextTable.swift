/// A table of text with columns as wide as their widest cell.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []

    /// An empty table with the names of its columns.
    init(_ header: [String]) {
        self.header = header
    }

    /// Adds a row, which must have a cell for each column.
    mutating func append(_ cells: [String]) {
        precondition(cells.count == header.count, "a row has a cell for each column of its table")
        rows.append(cells.map { PlainText.line($0) })
    }

    /// The lines of the table, the header first.
    ///
    /// - Complexity: O(rows x columns).
    var lines: [String] {
        var widths = header.map(\.count)
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        return ([header, widths.map { String(repeating: "-", count: $0) }] + rows).map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return "  " + cells.joined(separator: "  ")
        }
    }
}
