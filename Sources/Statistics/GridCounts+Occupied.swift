extension GridCounts {
    /// The occupied index pairs in ascending order. O(occupied), or O(K) in the dense form.
    package var occupied: Occupied { Occupied(counts: self) }

    /// The occupied index pairs of a grid's counts, one after the other.
    package struct Occupied: Sequence, IteratorProtocol {
        private let indices: [Int32]
        private let pairs: [CellPair]
        private let isDense: Bool
        private var cursor = 0

        fileprivate init(counts: GridCounts) {
            indices = counts.indices
            pairs = counts.pairs
            isDense = counts.isDense
        }

        @inline(__always)
        package mutating func next() -> (index: Int, pair: CellPair)? {
            while cursor < pairs.count {
                let position = cursor
                cursor &+= 1
                let pair = pairs[position]
                guard isDense else { return (Int(indices[position]), pair) }
                if !pair.isZero { return (position, pair) }
            }
            return nil
        }
    }
}
