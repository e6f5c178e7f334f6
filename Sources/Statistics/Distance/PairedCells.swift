/// The index pairs at which reference or window have counted something, in ascending order.
struct PairedCells: Sequence, IteratorProtocol {
    private var references: GridCounts.Occupied
    private var windows: GridCounts.Occupied
    private var reference: (index: Int, pair: CellPair)?
    private var window: (index: Int, pair: CellPair)?

    /// Both sides are counted on the same grid.
    init(_ reference: GridCounts, _ window: GridCounts) {
        precondition(reference.pairCount == window.pairCount, "reference and window are counted on one grid")
        references = reference.occupied
        windows = window.occupied
        self.reference = references.next()
        self.window = windows.next()
    }

    @inline(__always)
    mutating func next() -> (index: Int, reference: CellPair, window: CellPair)? {
        let index = Swift.min(reference?.index ?? .max, window?.index ?? .max)
        guard index != .max else { return nil }
        var cells = (index: index, reference: CellPair.zero, window: CellPair.zero)
        if let side = reference, side.index == index {
            cells.reference = side.pair
            reference = references.next()
        }
        if let side = window, side.index == index {
            cells.window = side.pair
            window = windows.next()
        }
        return cells
    }

    /// Hands out all index pairs of two counts in ascending order; where both are dense, those that are zero as well.
    @inline(__always)
    static func visit(
        _ reference: GridCounts, _ window: GridCounts, _ body: (Int, CellPair, CellPair) -> Void
    ) {
        guard reference.isDense, window.isDense, reference.pairCount == window.pairCount else {
            for cells in PairedCells(reference, window) { body(cells.index, cells.reference, cells.window) }
            return
        }
        let count = reference.sums.count
        precondition(window.sums.count == count, "both sides are dense over one grid")
        let isNarrow = !reference.sums.isWide && !window.sums.isWide
        let (first, second) = (reference.tallies, window.tallies)
        let sums = (reference.sums.narrow, window.sums.narrow)
        switch (first.width, second.width) {
        case (.short, .short) where isNarrow: visit(first.short, second.short, sums, body)
        case (.short, .narrow) where isNarrow: visit(first.short, second.narrow, sums, body)
        case (.narrow, .short) where isNarrow: visit(first.narrow, second.short, sums, body)
        case (.narrow, .narrow) where isNarrow: visit(first.narrow, second.narrow, sums, body)
        default:
            for index in 0..<count { body(index, reference.pair(position: index), window.pair(position: index)) }
        }
    }

    @inline(__always)
    private static func visit<First: FixedWidthInteger, Second: FixedWidthInteger>(
        _ first: [First], _ second: [Second], _ sums: ([Int64], [Int64]), _ body: (Int, CellPair, CellPair) -> Void
    ) {
        let (first, second) = (first.span, second.span)
        let (firstSums, secondSums) = (sums.0.span, sums.1.span)
        let count = firstSums.count
        precondition(
            first.count == 2 * count && second.count == 2 * count && secondSums.count == count,
            "both sides are dense over one grid")
        for index in 0..<count {
            let (open, point) = (2 &* index, 2 &* index &+ 1)
            body(
                index, pair(first[open], first[point], firstSums[index]),
                pair(second[open], second[point], secondSums[index]))
        }
    }

    @inline(__always)
    private static func pair<Count: FixedWidthInteger>(_ open: Count, _ point: Count, _ sum: Int64) -> CellPair {
        CellPair(
            open: Int(truncatingIfNeeded: open), point: Int(truncatingIfNeeded: point),
            sum: Int128(truncatingIfNeeded: sum))
    }

    /// The product of two counts.
    @inline(__always)
    static func product(_ left: Int, _ right: Int) -> Int128 {
        Int128(truncatingIfNeeded: left) &* Int128(truncatingIfNeeded: right)
    }
}
