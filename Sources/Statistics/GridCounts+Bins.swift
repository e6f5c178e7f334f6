extension GridCounts {
    /// How many values lie between some cut points in ascending order, in one more bin than these; the outer bins are open.
    ///
    /// A cut point's own values are in the bin above it where bins are closed at the left, else in the one below. O(occupied
    /// cells).
    func counts(between edges: [Int], _ closing: BinClosing) -> [Int] {
        var bins: [Int] = []
        bins.reserveCapacity(edges.count + 1)
        var (held, next) = (0, 0)
        for edge in edges {
            let place = place(notBefore: edge)
            held &+= tallies.total(in: next..<place)
            next = place
            guard place < sums.count, index(at: place) == edge else {
                bins.append(held)
                held = 0
                continue
            }
            let (open, point) = tallies[place]
            bins.append(held &+ open &+ (closing == .left ? 0 : point))
            held = closing == .left ? point : 0
            next += 1
        }
        bins.append(held &+ tallies.total(in: next..<sums.count))
        return bins
    }

    /// The first place of the arrays whose index is not below one. O(log occupied), or O(1) in the dense form.
    func place(notBefore index: Int) -> Int {
        guard !isDense else { return min(index, sums.count) }
        var (low, high) = (0, indices.count)
        while low < high {
            let middle = (low + high) / 2
            if indices[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The index at a place of the arrays.
    func index(at place: Int) -> Int { isDense ? place : Int(indices[place]) }
}

extension CellTallies {
    /// How many values are counted at some indices.
    fileprivate func total(in range: Range<Int>) -> Int {
        switch width {
        case .short: Self.total(short, range)
        case .narrow: Self.total(narrow, range)
        case .wide: Self.total(wide, range)
        }
    }

    @inline(__always)
    private static func total<Count: FixedWidthInteger>(_ counts: [Count], _ range: Range<Int>) -> Int {
        let counts = counts.span.extracting(2 &* range.lowerBound..<2 &* range.upperBound)
        var total = 0
        for place in 0..<counts.count { total &+= Int(truncatingIfNeeded: counts[place]) }
        return total
    }
}
