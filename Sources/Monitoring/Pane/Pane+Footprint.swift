import Statistics

extension Pane {
    /// Keeps the counts of numeric columns in their smallest form. O(cells).
    mutating func makeSmall() {
        for index in numeric.indices { numeric.values[index].makeSmall() }
    }

    /// About how many bytes it takes in memory. O(columns).
    package var footprint: Int {
        var bytes = 512 + contents.footprint + outcomes.pairs.footprint + outcomes.known.count * 256
        for summary in numeric.values { bytes += summary.footprint + 64 }
        for summary in categorical.values { bytes += summary.footprint + 64 }
        return weights.isEmpty ? bytes : 3 * bytes
    }
}

extension ColumnGrids {
    /// About how many bytes they take in memory. O(columns).
    package var footprint: Int {
        numeric.values.reduce(0) { $0 + $1.footprint } + categories.values.reduce(0) { $0 + $1.count * 48 }
    }
}
