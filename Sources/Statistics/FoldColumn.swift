/// A chunk of a column on its way into summaries: its non-null values and their cells.
struct FoldColumn: Sendable {
    /// How many values are taken at a time, a multiple of `RankGrid.lanes`, so few that they stay in the nearest cache.
    static let capacity = 512

    /// The non-null values; what lies behind them is left over from earlier, and never NaN.
    private var values = [Double](repeating: 0, count: FoldColumn.capacity)
    /// The cells of these values.
    private(set) var cells = [Int32](repeating: 0, count: FoldColumn.capacity)

    /// Copies the non-null values of some rows to the front; -0 becomes 0. Returns how many there were.
    mutating func gather(_ column: Span<Double>, rows: Span<Int32>?, from start: Int, to end: Int) -> Int {
        var target = values.mutableSpan
        var filled = 0
        // A null is written and then overwritten, so that there is no branch on it.
        if let rows {
            for position in start..<end {
                let value = column[Int(rows[position])]
                target[filled] = value + 0
                filled &+= value == value ? 1 : 0
            }
        } else {
            for position in start..<end {
                let value = column[position]
                target[filled] = value + 0
                filled &+= value == value ? 1 : 0
            }
        }
        if filled < target.count, target[filled].isNaN { target[filled] = 0 }
        return filled
    }

    /// Finds the cells of the first values.
    mutating func locate(_ filled: Int, on grid: RankGrid) {
        let source = values
        var target = cells.mutableSpan
        grid.locate(source.span, upTo: filled, into: &target)
    }

    /// Takes the first values into their extremes.
    func widen(_ extremes: inout Extremes, upTo filled: Int) {
        let source = values.span.extracting(0..<filled)
        // Four chains, because each minimum waits for the one before.
        var (first, second, third, fourth) = (extremes, extremes, extremes, extremes)
        var position = 0
        while position &+ 4 <= source.count {
            first.fold(source[position])
            second.fold(source[position &+ 1])
            third.fold(source[position &+ 2])
            fourth.fold(source[position &+ 3])
            position &+= 4
        }
        while position < source.count {
            first.fold(source[position])
            position &+= 1
        }
        for other in [second, third, fourth] { first.merge(other) }
        extremes = first
    }

    /// Takes the first values into the distinct ones.
    func mark(_ distinct: inout DistinctSketch, upTo filled: Int, seen: inout InlineArray<64, UInt32>) {
        let source = values
        distinct.fold(source.span.extracting(0..<filled), seen: &seen)
    }

    /// The inner loop: counts each of the first values in its cell, and adds it to the sum of its interval and to the moments.
    ///
    /// `words` are counts as `CellTallies` has them while they are narrow.
    func count(_ filled: Int, into words: inout [Int64], sums: inout [Int128], moments: inout Moments) {
        var words = words.mutableSpan
        var sums = sums.mutableSpan
        let (values, cells) = (self.values.span, self.cells.span)
        let scale = moments.scale
        var running = moments
        for position in 0..<filled {
            let value = values[position]
            let cell = Int(cells[position])
            var fixed: Int128 = 0
            if scale.fits(value) {
                fixed = scale.quantised(value)
                running.foldSummed(fixed)
            } else {
                running.foldUnsummed()
            }
            // All ones for an open cell, zero for a cut point, whose values need no sum.
            let mask = Int128(truncatingIfNeeded: (cell & 1) &- 1)
            words[cell &>> 1] &+= 1 &<< (Int64(truncatingIfNeeded: cell & 1) &<< 5)
            sums[cell &>> 1] &+= fixed & mask
        }
        moments = running
    }

    /// The same for the sums alone.
    func add(_ filled: Int, into sums: inout [Int128], moments: inout Moments) {
        var counts = [Int64](repeating: 0, count: sums.count)
        count(filled, into: &counts, sums: &sums, moments: &moments)
    }
}
