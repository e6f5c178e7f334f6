/// What one side of a comparison has counted, taken chunk by chunk.
struct CellSide: ~Copyable {
    private let counts: GridCounts
    /// The next place of a sparse form.
    private var cursor = 0
    /// How many values lie below the next chunk.
    private var passed = 0
    /// What the open cells of the chunk hold.
    private var open = [Int](repeating: 0, count: CellColumns.places)
    /// The sums of these.
    private var sums = [Int128](repeating: 0, count: CellColumns.places)

    /// How many values there are.
    let rows: Double
    /// The part of them that one value is.
    let each: Double

    init(_ counts: GridCounts) {
        self.counts = counts
        rows = Double(counts.count)
        each = counts.count == 0 ? 0 : 1 / rows
    }

    /// The first index at which something may be counted; nil for none.
    var first: Int? { counts.isDense ? 0 : counts.indices.first.map(Int.init) }

    /// Which columns of a chunk a side fills.
    typealias Names = (open: CellColumns.Name, point: CellColumns.Name, below: CellColumns.Name)

    /// Takes what is counted from an index on; behind the last index nothing is.
    @inline(__always)
    mutating func fill(from start: Int, into columns: inout CellSums<CellColumns.Name>.Places, _ names: Names) {
        let end = min(start &+ CellColumns.places, counts.pairCount)
        let isPlain = counts.isDense && !counts.sums.isWide && end &- start == CellColumns.places
        switch counts.tallies.width {
        case .short where isPlain:
            passed = Self.fillDense(
                counts.tallies.short, counts.sums.narrow, from: start, &open, &sums, below: passed, into: &columns,
                names)
        case .narrow where isPlain:
            passed = Self.fillDense(
                counts.tallies.narrow, counts.sums.narrow, from: start, &open, &sums, below: passed, into: &columns,
                names)
        default: fillSome(from: start, to: end, into: &columns, names)
        }
    }

    @inline(__always)
    private static func fillDense<Count: FixedWidthInteger>(
        _ counts: [Count], _ narrow: [Int64], from start: Int, _ opens: inout [Int], _ sums: inout [Int128], below: Int,
        into columns: inout CellSums<CellColumns.Name>.Places, _ names: Names
    ) -> Int {
        let counts = counts.span.extracting(2 &* start..<2 &* (start &+ CellColumns.places))
        let source = narrow.span.extracting(start..<start &+ CellColumns.places)
        var opens = opens.mutableSpan
        var sums = sums.mutableSpan
        precondition(
            counts.count == 2 * CellColumns.places && source.count == CellColumns.places
                && opens.count == CellColumns.places && sums.count == CellColumns.places,
            "a chunk is filled as a whole")
        var below = below
        for place in 0..<CellColumns.places {
            let open = Int(truncatingIfNeeded: counts[2 &* place])
            let point = Int(truncatingIfNeeded: counts[2 &* place &+ 1])
            opens[place] = open
            sums[place] = Int128(truncatingIfNeeded: source[place])
            columns[names.open, place] = Double(open)
            columns[names.point, place] = Double(point)
            columns[names.below, place] = Double(below)
            below &+= open &+ point
        }
        return below
    }

    private mutating func fillSome(
        from start: Int, to end: Int, into columns: inout CellSums<CellColumns.Name>.Places, _ names: Names
    ) {
        for place in 0..<CellColumns.places {
            var pair = CellPair.zero
            let index = start &+ place
            if counts.isDense, index < end {
                pair = counts.pair(position: index)
            } else if cursor < counts.indices.count, Int(counts.indices[cursor]) == index {
                pair = counts.pair(position: cursor)
                cursor &+= 1
            }
            (open[place], sums[place]) = (pair.open, pair.sum)
            columns[names.open, place] = Double(pair.open)
            columns[names.point, place] = Double(pair.point)
            columns[names.below, place] = Double(passed)
            passed &+= pair.open &+ pair.point
        }
    }

    /// The open cells of the chunk.
    var cells: Cells {
        @_lifetime(borrow self)
        @inline(__always)
        get { Cells(open.span, sums.span) }
    }

    /// What open cells hold, and the sums of it.
    struct Cells: ~Escapable {
        private let open: Span<Int>
        private let sums: Span<Int128>

        @_lifetime(copy open, copy sums)
        @inline(__always)
        fileprivate init(_ open: Span<Int>, _ sums: Span<Int128>) {
            precondition(
                open.count == CellColumns.places && sums.count == CellColumns.places, "a chunk has so many cells")
            (self.open, self.sums) = (open, sums)
        }

        @inline(__always)
        subscript(_ place: Int) -> (open: Int, sum: Int128) { (open[place], sums[place]) }

        /// By how much the values of a cell lie below a position, all together; negative if they lie above it.
        @inline(__always)
        func area(_ place: Int, below position: Int128) -> Int128 {
            Int128(truncatingIfNeeded: open[place]) &* position &- sums[place]
        }

        /// The lowest 64 bits of it.
        @inline(__always)
        func wordArea(_ place: Int, below position: Int64) -> Int64 {
            Int64(truncatingIfNeeded: open[place]) &* position &- Int64(truncatingIfNeeded: sums[place])
        }
    }
}
