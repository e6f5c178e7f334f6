extension RankGrid {
    /// How many values are searched side by side.
    static let lanes = 8

    /// Writes the cell of every value, for a multiple of `lanes` values none of which is NaN. O(log K) each.
    ///
    /// The searches of a block run in step, and comparing gives a mask that is added instead of a branch that is
    /// guessed wrong half of the time: several times faster than one search after the other.
    func locate(_ values: Span<Double>, upTo count: Int, into cells: inout MutableSpan<Int32>) {
        let cuts = guarded.span
        var start = 0
        while start < count {
            let block = SIMD8(
                values[start], values[start &+ 1], values[start &+ 2], values[start &+ 3],
                values[start &+ 4], values[start &+ 5], values[start &+ 6], values[start &+ 7])
            var bases = SIMD8<Int64>()
            var length = self.count
            while length > 1 {
                let half = length &>> 1
                let below = RankGrid.probe(cuts, bases, offset: half &- 1) .< block
                bases &+= SIMD8(repeating: Int64(truncatingIfNeeded: half)).replacing(with: 0, where: .!below)
                length &-= half
            }
            bases &+= SIMD8(repeating: 1).replacing(with: 0, where: .!(RankGrid.probe(cuts, bases, offset: 0) .< block))
            let isPoint = RankGrid.probe(cuts, bases, offset: 0) .== block
            let found = bases &+ bases &+ SIMD8(repeating: 1).replacing(with: 0, where: .!isPoint)
            for lane in 0..<RankGrid.lanes {
                cells[start &+ lane] = Int32(truncatingIfNeeded: found[lane])
            }
            start &+= RankGrid.lanes
        }
    }

    @inline(__always)
    private static func probe(_ cuts: Span<Double>, _ bases: SIMD8<Int64>, offset: Int) -> SIMD8<Double> {
        SIMD8(
            cuts[index(bases[0], offset)], cuts[index(bases[1], offset)], cuts[index(bases[2], offset)],
            cuts[index(bases[3], offset)], cuts[index(bases[4], offset)], cuts[index(bases[5], offset)],
            cuts[index(bases[6], offset)], cuts[index(bases[7], offset)])
    }

    @inline(__always)
    private static func index(_ base: Int64, _ offset: Int) -> Int {
        Int(truncatingIfNeeded: base) &+ offset
    }
}
