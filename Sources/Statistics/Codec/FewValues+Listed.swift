extension FewValues {
    /// The values of a column as its bytes list them, in no memory but its own.
    struct Listed {
        /// How many values an index pair has.
        private struct Pair {
            var index: Int32 = 0
            var open: Int32 = 0
            var point: Int32 = 0
        }

        private var pairs = InlineArray<32, Pair>(repeating: Pair())
        /// How many index pairs are occupied.
        private(set) var pairCount = 0
        /// The values in ascending order.
        private var values = InlineArray<32, Double>(repeating: 0)
        /// How many values there are.
        private(set) var valueCount = 0

        /// No values yet.
        init() {}

        /// Reads the pairs of a grid of so many, and their values, where there are none yet.
        ///
        /// Not an initialiser, which would move hundreds of bytes that were just written one by one.
        mutating func read(over gridPairs: Int, from reader: inout SummaryReader) throws(CodecError) {
            try readPairs(of: gridPairs, from: &reader)
            for place in 0..<pairCount {
                for _ in 0..<pairs[place].open { append(try next(from: &reader)) }
                guard pairs[place].point > 0 else { continue }
                // All values at a cut point are the same.
                let value = try next(from: &reader)
                for _ in 0..<pairs[place].point { append(value) }
            }
        }

        /// The values in ascending order.
        var ascending: [Double] { (0..<valueCount).map { values[$0] } }

        /// The least and the greatest value.
        var extremes: Extremes { valueCount == 0 ? Extremes() : Extremes(values[0], values[valueCount - 1]) }

        /// Which values are distinct.
        var distinct: DistinctSketch {
            var sketch = DistinctSketch(.column)
            var seen = InlineArray<64, UInt32>(repeating: 0)
            sketch.fold(values.span.extracting(0..<valueCount), seen: &seen)
            return sketch
        }

        /// Counts the values in moments of their scale, and hands out what each index pair holds, in order.
        func count(
            on scale: FixedPointScale, into moments: inout Moments, _ body: (Int32, CellPair) -> Void
        ) throws(CodecError) {
            var place = 0
            for number in 0..<pairCount {
                var pair = CellPair(open: Int(pairs[number].open), point: Int(pairs[number].point), sum: 0)
                for _ in 0..<pair.open {
                    if scale.fits(values[place]) {
                        let fixed = scale.quantised(values[place])
                        pair.sum &+= fixed
                        moments.foldSummed(fixed)
                    } else {
                        moments.foldUnsummed()
                    }
                    place += 1
                }
                if pair.point > 0 {
                    guard scale.fits(values[place]) else { throw .invalid("a cut point beyond the scale") }
                    let fixed = scale.quantised(values[place])
                    for _ in 0..<pair.point { moments.foldSummed(fixed) }
                    place += pair.point
                }
                body(pairs[number].index, pair)
            }
        }

        private mutating func readPairs(of gridPairs: Int, from reader: inout SummaryReader) throws(CodecError) {
            var (next, count) = (0, 0)
            for place in 0..<(try reader.count(upTo: FewValues.most)) {
                let head = try reader.count(upTo: 3 * gridPairs + 2)
                let index = next + head / 3
                guard index < gridPairs else { throw .invalid("a cell outside the grid") }
                next = index + 1
                var (open, point) = (head % 3 == 0 ? 1 : 0, head % 3 == 1 ? 1 : 0)
                if head % 3 == 2 {
                    (open, point) = (
                        try reader.count(upTo: FewValues.most), try reader.count(upTo: FewValues.most)
                    )
                }
                count += open + point
                guard open + point > 0, count <= FewValues.most else { throw .invalid("\(count) values that are few") }
                pairs[place] = Pair(
                    index: Int32(truncatingIfNeeded: index), open: Int32(truncatingIfNeeded: open),
                    point: Int32(truncatingIfNeeded: point))
                pairCount = place + 1
            }
        }

        private func next(from reader: inout SummaryReader) throws(CodecError) -> Double {
            let value = try reader.double() + 0
            guard !value.isNaN, valueCount == 0 || values[valueCount - 1] <= value else {
                throw .invalid("values that do not ascend")
            }
            return value
        }

        private mutating func append(_ value: Double) {
            values[valueCount] = value
            valueCount += 1
        }
    }
}
