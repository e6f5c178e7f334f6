/// Fixed fine cells over scores in 0...1, narrow towards both ends as log-odds are.
///
/// A cell is a stretch of an octave of the distance to the nearer end, so that a score of 0.001 and one of 0.999 are resolved
/// alike. The cell follows from the bits of the score alone, without a logarithm. Scores of exactly 0 and of exactly 1 have
/// cells of their own.
struct ScoreCells: Hashable, Sendable {
    /// 512 cells an octave down to 2^-64: for the scores of one class, once they are too many to be kept exactly.
    static let fine = ScoreCells(bits: 9, octaves: 64)
    /// 64 cells an octave down to 2^-32, fewer than 4,000 of them, none wider than 1/256: for the scores of every class.
    static let coarse = ScoreCells(bits: 6, octaves: 32)

    /// The bits of a double below those that number the cells.
    private let dropped: UInt64
    private let octaves: Int
    private let first: UInt64
    /// The number of the cell that 0.5 lies in; the cells above mirror those below.
    private let middle: Int

    private init(bits: UInt64, octaves: Int) {
        dropped = 52 - bits
        self.octaves = octaves
        first = UInt64(1023 - octaves) << bits
        middle = Int(truncatingIfNeeded: (0.5).bitPattern >> dropped - first) + 2
    }

    /// The cell of a score; it never falls as scores rise. All scores below 0 share one, and all above 1.
    func cell(of score: Double) -> Int {
        guard score >= 0 else { return -1 }
        guard score <= 1 else { return 2 * middle + 1 }
        guard score > 0.5 else { return depth(of: score) }
        return 2 * middle - depth(of: 1 - score)
    }

    /// Whether there is such a cell of scores in 0...1.
    func has(_ cell: Int) -> Bool { (0...2 * middle).contains(cell) }

    /// Whether all scores of a cell are the same: 0, or 1.
    func isSingle(_ cell: Int) -> Bool { cell == 0 || cell == 2 * middle }

    /// A score in the middle of a cell; of those outside 0...1 and at the ends, the end.
    func middle(of cell: Int) -> Double {
        guard cell > 0 else { return 0 }
        guard cell < 2 * middle else { return 1 }
        guard cell < middle else { return 1 - distance(atDepth: 2 * middle - cell, part: 1) }
        return distance(atDepth: cell, part: 1)
    }

    /// The least and the greatest score of a cell, or the ends that they lie between; of those outside 0...1 the end.
    func range(of cell: Int) -> ClosedRange<Double> {
        guard cell > 0 else { return 0...0 }
        guard cell < 2 * middle else { return 1...1 }
        let depth = cell < middle ? cell : 2 * middle - cell
        let (near, far) = (distance(atDepth: depth, part: 0), min(distance(atDepth: depth, part: 2), 0.5))
        // Cells above hold their upper end, those below their lower one.
        return cell < middle ? near...far : 1 - max(far, near)...min((1 - near).nextUp, 1)
    }

    /// The distance from the nearer end at which a cell begins, and one or two halves of the cell further.
    private func distance(atDepth depth: Int, part: UInt64) -> Double {
        // The first one holds everything from 0 on.
        guard depth > 1 || part == 2 else {
            let end = Double(sign: .plus, exponent: -octaves, significand: 1)
            return end * Double(part) / 2
        }
        let bits = (UInt64(truncatingIfNeeded: depth - 1) + first) << dropped
        return Double(bitPattern: bits + part << (dropped - 1))
    }

    /// 0 for 0, then rising to just below `middle` for 0.5.
    private func depth(of distance: Double) -> Int {
        guard distance > 0 else { return 0 }
        let bits = distance.bitPattern >> dropped
        return bits < first ? 1 : Int(truncatingIfNeeded: bits - first) + 1
    }
}
