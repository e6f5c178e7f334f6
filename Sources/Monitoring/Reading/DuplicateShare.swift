import Statistics

/// How many rows of a window repeat the features of another row.
package struct DuplicateShare: Hashable, Sendable {
    /// Rows that are not the first of their content, as a share of all rows.
    package let ratio: Double
    /// How far the true share may be from it; 0 where it is exact.
    package let errorBound: Double

    /// What follows from how many distinct contents so many rows have; nil without rows.
    init?(rows: Int, distinct: DistinctCount?) {
        guard rows > 0, let held = distinct?.held(from: 1, to: Double(rows)) else { return nil }
        ratio = (Double(rows) - held.value) / Double(rows)
        errorBound = held.errorBound / Double(rows)
    }
}

extension PaneReading {
    /// The repeated rows; nil without rows, without features, or where panes were counted before contents were.
    var duplicates: DuplicateShare? {
        guard !schema.features.isEmpty else { return nil }
        return DuplicateShare(rows: pane.predictions, distinct: pane.contents.count)
    }
}
