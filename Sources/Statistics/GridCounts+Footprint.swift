/// About how much memory summaries take, for those who keep many of them.
///
/// What arrays hold, and a fixed amount for each array; what the allocator adds is not known.
extension GridCounts {
    /// The bytes of the counts and sums.
    @inline(__always)
    package var footprint: Int { indices.count * 4 + tallies.footprint + sums.footprint + 3 * Self.arrayBytes }

    /// What an array takes beside its elements.
    package static let arrayBytes = 48
}

extension CellTallies {
    @inline(__always)
    var footprint: Int { short.count * 2 + narrow.count * 4 + wide.count * 8 }
}

extension DistinctSketch {
    /// The bytes of hashes or registers.
    @inline(__always)
    package var footprint: Int { hashes.count * 4 + registers.count + GridCounts.arrayBytes }
}

extension NumericSummary {
    /// The bytes of everything that is counted of columns, none of which is copied for it. O(columns).
    package static func footprint(of columns: [NumericSummary]) -> Int {
        columns.indices.reduce(0) { $0 + columns[$1].footprint }
    }

    /// The bytes of everything that is counted of the column.
    @inline(__always)
    package var footprint: Int {
        MemoryLayout<Self>.size + cells.footprint + distinct.footprint + (values.ascending?.count ?? 0) * 8
    }
}

extension CategoricalSummary {
    /// The bytes of everything that is counted of the column.
    package var footprint: Int { MemoryLayout<Self>.size + (named.count * 48 + hashed.count * 24) * 3 / 2 + 128 }
}

extension RankGrid {
    /// The bytes of its cut points and edges.
    package var footprint: Int {
        MemoryLayout<Self>.size + (guarded.count + 2 * deciles.count) * 8 + 3 * GridCounts.arrayBytes
    }
}

extension ScorePairs {
    /// The bytes of scores and their classes.
    package var footprint: Int { keys.count * 24 + 2 * GridCounts.arrayBytes }
}

extension SlidingUnion {
    /// How many summaries it holds, those of several panes together counted by themselves.
    package var partCount: Int { 2 * frontCount + backCount }
}
