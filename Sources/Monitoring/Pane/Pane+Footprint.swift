import Statistics

extension Pane {
    /// Keeps the counts of numeric columns in their smallest form. O(cells).
    mutating func makeSmall() {
        for index in numeric.indices { numeric.values[index].makeSmall() }
    }

    /// About how many bytes it takes in memory. O(columns).
    package var footprint: Int {
        var bytes = 512 + contents.footprint + outcomes.footprint + classScores.footprint
        bytes += NumericSummary.footprint(of: numeric.values) + 64 * numeric.count
        for index in categorical.indices { bytes += categorical.values[index].footprint + 64 }
        return weights.isEmpty ? bytes : 3 * bytes
    }
}

extension Outcomes {
    /// About how many bytes they take in memory. O(classes).
    var footprint: Int {
        pairs.footprint + known.count * 256 + classScores.footprint + predictedScores.footprint
    }
}

extension ColumnGrids {
    /// About how many bytes they take in memory. O(columns).
    package var footprint: Int {
        numeric.values.reduce(0) { $0 + $1.footprint } + categories.values.reduce(0) { $0 + $1.count * 48 }
    }
}
