/// How many values of a column lie in each cell of a rank grid, and the sum of those in open cells.
///
/// The content is canonical: index pairs at which nothing is counted do not exist, so that equality and bytes depend on
/// the values alone. Kept as sorted sparse arrays while few pairs are occupied (36 bytes each) and as one dense array
/// (32 bytes a cut point) once half of them are. Sums of values at the far end of what fits wrap after 2^27 of them.
package struct GridCounts: MergeableSummary {
    /// The number of index pairs of the grid, K + 1; only counts of one grid add up.
    package let pairCount: Int
    /// How many values were counted.
    package internal(set) var count = 0
    /// How many of them were too large for their cell's sum; they can only lie in the outermost cells.
    package internal(set) var unsummed = 0
    /// The occupied indices in ascending order; empty in the dense form.
    var indices: [Int32] = []
    /// The counts at `indices`, or in the dense form at every index.
    var pairs: [CellPair] = []
    /// Whether `pairs` holds every index.
    var isDense = false

    /// No counts yet, over the cells of a grid.
    package init(grid: RankGrid) {
        self.init(pairCount: grid.pairCount)
    }

    init(pairCount: Int) {
        self.pairCount = pairCount
    }

    package var isEmpty: Bool { count == 0 }

    /// The counts of one cell; see `RankGrid` for how cells are numbered. O(log K).
    package func count(inCell cell: Int) -> Int {
        let pair = pair(at: cell / 2)
        return cell % 2 == 0 ? pair.open : pair.point
    }

    /// What is counted at an index. O(log K).
    func pair(at index: Int) -> CellPair {
        if isDense { return pairs[index] }
        var (low, high) = (0, indices.count)
        while low < high {
            let middle = (low + high) / 2
            if indices[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low < indices.count && indices[low] == index ? pairs[low] : .zero
    }

    package mutating func merge(_ other: GridCounts) {
        precondition(pairCount == other.pairCount, "counts over different grids do not add up")
        count &+= other.count
        unsummed &+= other.unsummed
        if other.isDense { makeDense() }
        if isDense {
            other.addTo(&pairs)
        } else if indices.isEmpty {
            (indices, pairs) = (other.indices, other.pairs)
        } else {
            combine(with: other) { $0 &+= $1 }
        }
        settle()
    }

    package mutating func subtract(_ other: GridCounts) {
        precondition(pairCount == other.pairCount, "counts over different grids do not add up")
        count &-= other.count
        unsummed &-= other.unsummed
        if other.isDense { makeDense() }
        if isDense {
            other.subtractFrom(&pairs)
        } else {
            combine(with: other) { $0 &-= $1 }
        }
        settle()
    }

    /// Adds what is counted here to a dense form, in one straight loop where this is dense as well. O(occupied).
    private func addTo(_ dense: inout [CellPair]) {
        let source = pairs.span
        var target = dense.mutableSpan
        guard isDense else {
            let places = indices.span
            for position in 0..<places.count { target[Int(places[position])] &+= source[position] }
            return
        }
        precondition(target.count == source.count, "counts over different grids do not add up")
        for index in 0..<source.count { target[index] &+= source[index] }
    }

    /// Takes what is counted here from a dense form. O(occupied).
    private func subtractFrom(_ dense: inout [CellPair]) {
        let source = pairs.span
        var target = dense.mutableSpan
        guard isDense else {
            let places = indices.span
            for position in 0..<places.count { target[Int(places[position])] &-= source[position] }
            return
        }
        precondition(target.count == source.count, "counts over different grids do not add up")
        for index in 0..<source.count { target[index] &-= source[index] }
    }

    /// Merges two sparse forms into new arrays, leaving out pairs that become zero. O(occupied).
    private mutating func combine(with other: GridCounts, _ add: (inout CellPair, CellPair) -> Void) {
        var merged = GridCounts(pairCount: pairCount)
        merged.indices.reserveCapacity(indices.count + other.indices.count)
        merged.pairs.reserveCapacity(indices.count + other.indices.count)
        var cursor = 0
        for position in other.indices.indices {
            let index = other.indices[position]
            while cursor < indices.count, indices[cursor] < index {
                merged.append(indices[cursor], pairs[cursor])
                cursor += 1
            }
            var pair = CellPair.zero
            if cursor < indices.count, indices[cursor] == index {
                pair = pairs[cursor]
                cursor += 1
            }
            add(&pair, other.pairs[position])
            merged.append(index, pair)
        }
        merged.indices.append(contentsOf: indices[cursor...])
        merged.pairs.append(contentsOf: pairs[cursor...])
        (indices, pairs) = (merged.indices, merged.pairs)
    }

    /// Appends to the sparse form what is not zero; the index is above all others.
    @inline(__always)
    mutating func append(_ index: Int32, _ pair: CellPair) {
        guard !pair.isZero else { return }
        indices.append(index)
        pairs.append(pair)
    }

    /// Takes the form that suits how many pairs are occupied.
    mutating func settle() {
        if !isDense, indices.count > pairCount / 2 {
            makeDense()
        } else if isDense, count < pairCount / 4 {
            let sparse = occupied.map { (Int32(truncatingIfNeeded: $0.index), $0.pair) }
            indices = sparse.map(\.0)
            pairs = sparse.map(\.1)
            isDense = false
        }
    }

    /// Spreads the sparse form out. O(K).
    mutating func makeDense() {
        guard !isDense else { return }
        var dense = [CellPair](repeating: .zero, count: pairCount)
        for position in indices.indices { dense[Int(indices[position])] = pairs[position] }
        pairs = dense
        indices = []
        isDense = true
    }

    /// Whether both count the same; the form does not matter.
    package static func == (left: GridCounts, right: GridCounts) -> Bool {
        guard left.pairCount == right.pairCount, left.count == right.count, left.unsummed == right.unsummed else {
            return false
        }
        return left.occupied.elementsEqual(right.occupied) { $0.index == $1.index && $0.pair == $1.pair }
    }
}
