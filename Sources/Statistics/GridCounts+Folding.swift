extension GridCounts {
    /// Counts the values of a column, NaN (null) excepted, and adds them up in `moments`. O(log K) each.
    ///
    /// - Parameters:
    ///   - values: the column.
    ///   - rows: which of its rows to take, nil for all of them.
    ///   - grid: the grid that these counts are over.
    ///   - scratch: reused memory.
    ///   - moments: moments of the grid's scale.
    ///   - extremes: the extremes of the same values.
    ///   - distinct: the distinct ones among them.
    /// - Returns: how many of the rows were null.
    mutating func fold(
        _ values: Span<Double>, rows: Span<Int32>?, on grid: RankGrid, scratch: inout FoldScratch,
        moments: inout Moments, extremes: inout Extremes, distinct: inout DistinctSketch
    ) -> Int {
        precondition(grid.pairCount == pairCount, "values are counted on the grid that the counts were made for")
        precondition(grid.scale == moments.scale, "moments are summed in the units of the grid")
        if !isDense { scratch.reserve(pairCount: pairCount) }
        let total = rows?.count ?? values.count
        var taken = 0
        var nulls = 0
        var seen = InlineArray<64, UInt32>(repeating: 0)
        while taken < total {
            let end = min(taken &+ FoldColumn.capacity, total)
            let filled = scratch.column.gather(values, rows: rows, from: taken, to: end)
            nulls &+= end &- taken &- filled
            taken = end
            scratch.column.locate(filled, on: grid)
            scratch.column.measure(filled)
            extremes.merge(scratch.column.extremes)
            scratch.column.mark(&distinct, upTo: filled, seen: &seen)
            let before = moments.unsummed
            if isDense {
                tallies.fold(scratch.column, filled, sums: &sums, moments: &moments)
            } else {
                scratch.count(filled, moments: &moments)
            }
            count &+= filled
            unsummed &+= moments.unsummed &- before
        }
        if !isDense {
            absorb(&scratch)
            settle()
        }
        return nulls
    }

    /// Counts the values of a column, NaN (null) excepted; `rows` selects some of them, nil takes all.
    package mutating func fold(
        _ values: Span<Double>, rows: Span<Int32>? = nil, on grid: RankGrid, scratch: inout FoldScratch
    ) {
        var moments = Moments(scale: grid.scale)
        var extremes = Extremes()
        var distinct = DistinctSketch(.column)
        _ = fold(
            values, rows: rows, on: grid, scratch: &scratch, moments: &moments, extremes: &extremes, distinct: &distinct
        )
    }

    /// Moves what the scratch counted into the sparse form.
    private mutating func absorb(_ scratch: inout FoldScratch) {
        let old = self
        (indices, tallies, sums) = ([], CellTallies(), IntervalSums())
        reserveCapacity(old.indices.count)
        var cursor = 0
        scratch.drain { index, pair in
            while cursor < old.indices.count, old.indices[cursor] < index {
                append(old.indices[cursor], old.pair(position: cursor))
                cursor += 1
            }
            var pair = pair
            if cursor < old.indices.count, old.indices[cursor] == index {
                pair &+= old.pair(position: cursor)
                cursor += 1
            }
            append(index, pair)
        }
        while cursor < old.indices.count {
            append(old.indices[cursor], old.pair(position: cursor))
            cursor += 1
        }
    }
}
