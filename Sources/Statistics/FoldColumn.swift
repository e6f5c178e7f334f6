/// A chunk of a column on its way into summaries: its non-null values and their cells.
struct FoldColumn: Sendable {
    /// How many values are taken at a time, a multiple of `RankGrid.lanes`, so few that they stay in the nearest cache.
    static let capacity = 512

    /// The non-null values; what lies behind them is left over from earlier, and never NaN.
    private var values = [Double](repeating: 0, count: FoldColumn.capacity)
    /// The cells of these values.
    private(set) var cells = [Int32](repeating: 0, count: FoldColumn.capacity)
    /// The least and the greatest of these values.
    private(set) var extremes = Extremes()

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

    /// Finds the extremes of the first values.
    mutating func measure(_ filled: Int) {
        let values = values
        let source = values.span.extracting(0..<filled)
        // Four chains, because each minimum waits for the one before.
        var (first, second, third, fourth) = (Extremes(), Extremes(), Extremes(), Extremes())
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

    /// Counts each of the first values in its cell, and adds it to the sum of its interval and to the moments.
    ///
    /// `counts` has a place for each cell, and room for so many more.
    func count<Count: FixedWidthInteger>(
        _ filled: Int, into counts: inout [Count], sums: inout [Int128], moments: inout Moments
    ) {
        guard !extremes.lie(below: moments.scale.narrowLimit) else {
            _ = countNarrow(filled, into: &counts, sums: &sums, moments: &moments)
            return
        }
        var counts = counts.mutableSpan
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
            counts[cell] &+= 1
            sums[cell &>> 1] &+= fixed & Self.mask(cell)
        }
        moments = running
    }

    /// The same with sums of 64 bits, none of which is larger than `IntervalSums.most`: a number that no new one is larger than
    /// in magnitude; nil, and nothing changed, where a value or a sum does not fit.
    func count<Count: FixedWidthInteger>(
        _ filled: Int, into counts: inout [Count], narrow: inout [Int64], moments: inout Moments
    ) -> UInt64? {
        guard extremes.lie(below: moments.scale.narrowLimit) else { return nil }
        var counted = moments
        let greatest = UInt64(
            bitPattern: countNarrow(filled, into: &counts, sums: &narrow, moments: &counted))
        // One that ran over came from another beyond the limit, which shows.
        guard greatest < IntervalSums.most else {
            // To take all of it away again brings back what was, also where a sum ran over.
            for position in 0..<filled {
                let cell = Int(cells[position])
                counts[cell] &-= 1
                narrow[cell &>> 1] &-= moments.scale.quantisedNarrow(values[position]) & Self.mask(cell)
            }
            return nil
        }
        moments = counted
        return greatest + 1
    }

    /// The inner loop, for values that take 64 bits each: no new sum is larger in magnitude than one more than what it returns.
    @inline(__always)
    private func countNarrow<Count: FixedWidthInteger, Sum: FixedWidthInteger & SignedInteger>(
        _ filled: Int, into counts: inout [Count], sums: inout [Sum], moments: inout Moments
    ) -> Sum {
        var counts = counts.mutableSpan
        var sums = sums.mutableSpan
        let (values, cells) = (self.values.span, self.cells.span)
        let scale = moments.scale
        var running = moments
        var bits: Sum = 0
        for position in 0..<filled {
            let cell = Int(cells[position])
            let fixed = scale.quantisedNarrow(values[position])
            running.foldSummed(fixed)
            counts[cell] &+= 1
            let sum = sums[cell &>> 1] &+ Sum(truncatingIfNeeded: fixed & Self.mask(cell))
            bits |= sum ^ sum &>> Sum(truncatingIfNeeded: Sum.bitWidth &- 1)
            sums[cell &>> 1] = sum
        }
        moments = running
        return bits
    }

    /// All ones for an open cell, zero for a cut point, whose values need no sum.
    @inline(__always)
    private static func mask<Sum: FixedWidthInteger>(_ cell: Int) -> Sum { Sum(truncatingIfNeeded: (cell & 1) &- 1) }
}
