extension GridCounts {
    /// The occupied index pairs in ascending order. O(occupied), or O(K) in the dense form.
    package var occupied: Occupied { Occupied(counts: self) }

    /// How many index pairs are occupied. O(1), or O(K) in the dense form.
    var occupiedCount: Int {
        guard isDense else { return indices.count }
        switch tallies.width {
        case .short where !sums.isWide: return Self.occupied(tallies.short, sums.narrow)
        case .narrow where !sums.isWide: return Self.occupied(tallies.narrow, sums.narrow)
        default: return occupied.reduce(0) { number, _ in number + 1 }
        }
    }

    @inline(__always)
    private static func occupied<Count: FixedWidthInteger>(_ counts: [Count], _ sums: [Int64]) -> Int {
        let (counts, sums) = (counts.span, sums.span)
        precondition(counts.count == 2 * sums.count, "every index has counts and a sum")
        var number = 0
        for index in 0..<sums.count {
            number &+= counts[2 &* index] | counts[2 &* index &+ 1] != 0 || sums[index] != 0 ? 1 : 0
        }
        return number
    }

    /// The occupied index pairs of a grid's counts, one after the other.
    package struct Occupied: Sequence, IteratorProtocol {
        private let counts: GridCounts
        private var cursor = 0

        fileprivate init(counts: GridCounts) {
            self.counts = counts
        }

        @inline(__always)
        package mutating func next() -> (index: Int, pair: CellPair)? {
            while cursor < counts.sums.count {
                let position = cursor
                cursor &+= 1
                let pair = counts.pair(position: position)
                guard counts.isDense else { return (Int(counts.indices[position]), pair) }
                if !pair.isZero { return (position, pair) }
            }
            return nil
        }
    }
}
