/// Memory that folding columns into summaries reuses from batch to batch; it holds nothing between folds.
///
/// One per task that folds. It grows to the largest grid that it has seen: 16 bytes for every cut point.
package struct FoldScratch: Sendable {
    /// The chunk of the column at hand.
    var column = FoldColumn()
    /// The counts of the cells in the fold under way, which is of fewer than 2^31 values; all zero between folds.
    private var tallies: [Int32] = []
    /// The sums that go with them.
    private var sums = IntervalSums()
    /// A bit for every pair of cells that was counted at.
    var touched: [UInt64] = []
    /// A bit for every word of `touched` that is not zero.
    var touchedWords: [UInt64] = []
    /// The hashes of the content of the rows at hand; empty where no one asks for them.
    var rowHashes: [UInt64] = []
    /// The multiplier of the column at hand.
    var multiplier: UInt64 = 0

    package init() {}

    /// Makes room for a grid of so many index pairs.
    mutating func reserve(pairCount: Int) {
        guard sums.count < pairCount else { return }
        tallies = [Int32](repeating: 0, count: 2 * pairCount)
        sums = IntervalSums(count: pairCount)
        touched = [UInt64](repeating: 0, count: (pairCount + 63) / 64)
        touchedWords = [UInt64](repeating: 0, count: (touched.count + 63) / 64)
    }

    /// Hands out what was counted, in ascending order of index, and is empty again.
    mutating func drain(_ body: (Int32, CellPair) -> Void) {
        for summit in touchedWords.indices {
            var words = touchedWords[summit]
            touchedWords[summit] = 0
            while words != 0 {
                let word = summit << 6 + words.trailingZeroBitCount
                words &= words &- 1
                var bits = touched[word]
                touched[word] = 0
                while bits != 0 {
                    let index = word << 6 + bits.trailingZeroBitCount
                    bits &= bits &- 1
                    let (open, point) = (Int(tallies[2 &* index]), Int(tallies[2 &* index &+ 1]))
                    body(Int32(truncatingIfNeeded: index), CellPair(open: open, point: point, sum: sums[index]))
                    tallies[2 &* index] = 0
                    tallies[2 &* index &+ 1] = 0
                    sums.clear(index)
                }
            }
        }
        if sums.isWide { sums = IntervalSums(count: sums.count) }
    }

    /// Counts the first values of the chunk and notes where.
    mutating func count(_ filled: Int, moments: inout Moments) {
        let column = column
        sums.fold(column, filled, counts: &tallies, moments: &moments)
        for position in 0..<filled {
            let index = Int(column.cells[position] &>> 1)
            touched[index &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: index & 63)
            touchedWords[index &>> 12] |= 1 &<< UInt64(truncatingIfNeeded: index &>> 6 & 63)
        }
    }
}
