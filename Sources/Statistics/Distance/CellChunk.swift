/// Some neighbouring index pairs of a comparison, as columns: what is counted at them, and the gaps between the distribution
/// functions around them.
///
/// Gaps are `n m (F - G)`, reference minus window: integers that are exact as doubles below 2^53, and beyond never off by more
/// than a rounding of `n m`. Which pairs make a chunk depends on their indices alone, not on which of them are occupied or in
/// which form they are kept, so that what is added up does not either. Behind the last pair come blank ones.
struct CellChunk: ~Copyable {
    /// The index of the first pair.
    private(set) var start: Int
    private let pairCount: Int

    /// What the reference has counted.
    private(set) var reference: CellSide
    /// What the window has counted.
    private(set) var window: CellSide

    private var numbers = CellSums<CellColumns.Name>()

    /// What one of the integers that gaps are is as a difference of shares.
    let step: Double

    /// Before the first pair of two sides that are counted on one grid.
    init(_ reference: GridCounts, _ window: GridCounts) {
        precondition(reference.pairCount == window.pairCount, "reference and window are counted on one grid")
        pairCount = reference.pairCount
        self.reference = CellSide(reference)
        self.window = CellSide(window)
        step = self.reference.each * self.window.each
        let first = min(self.reference.first ?? pairCount, self.window.first ?? pairCount)
        start = first / CellColumns.places * CellColumns.places - CellColumns.places
    }

    /// What is known of the pairs.
    var columns: CellColumns {
        @_lifetime(borrow self)
        @inline(__always)
        get { CellColumns(numbers.span) }
    }

    /// Goes on to the next pairs; false if there are none.
    mutating func advance() -> Bool {
        start &+= CellColumns.places
        guard start < pairCount else { return false }
        Self.fill(&numbers, from: start, &reference, &window)
        return true
    }

    private static func fill(
        _ numbers: inout CellSums<CellColumns.Name>, from start: Int, _ reference: inout CellSide,
        _ window: inout CellSide
    ) {
        var columns = numbers.places
        let (n, m) = (reference.rows, window.rows)
        reference.fill(from: start, into: &columns, (.referenceOpen, .referencePoint, .referenceBelow))
        window.fill(from: start, into: &columns, (.windowOpen, .windowPoint, .windowBelow))
        for place in 0..<CellColumns.places {
            let (under, beneath) = (columns[.referenceBelow, place], columns[.windowBelow, place])
            let (inside, behind) = (under + columns[.referenceOpen, place], beneath + columns[.windowOpen, place])
            let (up, down, risen, fallen) = (under * m, beneath * n, inside * m, behind * n)
            let (above, beyond) = (inside + columns[.referencePoint, place], behind + columns[.windowPoint, place])
            columns[.before, place] = up - down
            columns[.between, place] = risen - fallen
            columns[.after, place] = above * m - beyond * n
            columns[.highest, place] = risen - down
            columns[.lowest, place] = up - fallen
        }
    }
}
