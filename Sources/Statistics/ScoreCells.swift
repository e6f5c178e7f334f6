/// Fixed fine cells over scores in 0...1, narrow towards both ends as log-odds are.
///
/// A cell is a stretch of 1/512 of an octave of the distance to the nearer end, down to 2^-64, so that a score of 0.001 and
/// one of 0.999 are resolved alike. The cell follows from the bits of the score alone, without a logarithm.
enum ScoreCells {
    /// The bits of a double below those that number the cells: 9 of 52 are kept.
    private static let dropped: UInt64 = 43
    private static let first = (0x1p-64).bitPattern >> dropped
    /// The number of the cell that 0.5 lies in; the cells above mirror those below.
    private static let middle = Int(truncatingIfNeeded: (0.5).bitPattern >> dropped - first) + 2

    /// The cell of a score; it never falls as scores rise. All scores below 0 share one, and all above 1.
    static func cell(of score: Double) -> Int {
        guard score >= 0 else { return -1 }
        guard score <= 1 else { return 2 * middle + 1 }
        guard score > 0.5 else { return depth(of: score) }
        return 2 * middle - depth(of: 1 - score)
    }

    /// A score in the middle of a cell; of those outside 0...1 and at the ends, the end.
    static func middle(of cell: Int) -> Double {
        guard cell > 0 else { return 0 }
        guard cell < 2 * middle else { return 1 }
        guard cell < middle else { return 1 - distance(atDepth: 2 * middle - cell) }
        return distance(atDepth: cell)
    }

    private static func distance(atDepth depth: Int) -> Double {
        guard depth > 1 else { return 0x1p-65 }
        let bits = (UInt64(truncatingIfNeeded: depth - 1) + first) << dropped
        return Double(bitPattern: bits | 1 << (dropped - 1))
    }

    /// 0 for 0, then rising to just below `middle` for 0.5.
    private static func depth(of distance: Double) -> Int {
        guard distance > 0 else { return 0 }
        let bits = distance.bitPattern >> dropped
        return bits < first ? 1 : Int(truncatingIfNeeded: bits - first) + 1
    }
}
