/// How many values of a column lie in each cell of a rank grid, and the sum of those in open cells.
///
/// The content is canonical: index pairs at which nothing is counted do not exist, so that equality and bytes depend on
/// the values alone. Counts and sums are kept apart, in sorted sparse arrays while few pairs are occupied (16 bytes each) and
/// in dense ones (12 bytes a cut point) once half of them are, while numbers are of usual size. Sums of values at the far end of what fits wrap after 2^27 of
/// them.
package struct GridCounts: MergeableSummary {
    /// The number of index pairs of the grid, K + 1; only counts of one grid add up.
    package let pairCount: Int
    /// How many values were counted.
    package internal(set) var count = 0
    /// How many of them were too large for their cell's sum; they can only lie in the outermost cells.
    package internal(set) var unsummed = 0
    /// The occupied indices in ascending order; empty in the dense form.
    var indices: [Int32] = []
    /// The counts of open interval and cut point at `indices`, or in the dense form at every index.
    var tallies = CellTallies()
    /// The sums of the open intervals at `indices`, or in the dense form at every index, in units of the grid's scale.
    var sums = IntervalSums()
    /// Whether `sums` holds every index.
    var isDense = false
    /// Whether the form stays dense although it need not be.
    private(set) var isSpread = false

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
        let place = place(notBefore: index)
        return place < sums.count && self.index(at: place) == index ? pair(position: place) : .zero
    }

    /// What is counted at a place of the arrays.
    @inline(__always)
    func pair(position: Int) -> CellPair {
        let (open, point) = tallies[position]
        return CellPair(open: open, point: point, sum: sums[position])
    }

    package mutating func merge(_ other: GridCounts) {
        precondition(pairCount == other.pairCount, "counts over different grids do not add up")
        count &+= other.count
        unsummed &+= other.unsummed
        if other.isDense { makeDense() }
        if isDense {
            if other.isDense {
                tallies.add(other.tallies)
                sums.add(other.sums)
            } else {
                tallies.add(other.tallies, at: other.indices, isNegative: false)
                for place in other.indices.indices { sums.add(other.sums[place], at: Int(other.indices[place])) }
            }
        } else if indices.isEmpty {
            (indices, tallies, sums) = (other.indices, other.tallies, other.sums)
        } else {
            combine(with: other) { $0 &+= $1 }
        }
        settle()
    }

    /// Says that so many more values were counted.
    @inline(__always)
    mutating func count(_ more: Int, unsummed beyond: Int) {
        count &+= more
        unsummed &+= beyond
    }

    package mutating func subtract(_ other: GridCounts) {
        precondition(pairCount == other.pairCount, "counts over different grids do not add up")
        count &-= other.count
        unsummed &-= other.unsummed
        if other.isDense { makeDense() }
        if isDense {
            if other.isDense {
                tallies.subtract(other.tallies)
                sums.subtract(other.sums)
            } else {
                tallies.add(other.tallies, at: other.indices, isNegative: true)
                for place in other.indices.indices { sums.add(0 &- other.sums[place], at: Int(other.indices[place])) }
            }
        } else {
            combine(with: other) { $0 &-= $1 }
        }
        settle()
    }

    /// Merges two sparse forms into new arrays, leaving out pairs that become zero. O(occupied).
    private mutating func combine(with other: GridCounts, _ add: (inout CellPair, CellPair) -> Void) {
        var merged = GridCounts(pairCount: pairCount)
        merged.reserveCapacity(indices.count + other.indices.count)
        var cursor = 0
        for position in other.indices.indices {
            let index = other.indices[position]
            while cursor < indices.count, indices[cursor] < index {
                merged.append(indices[cursor], pair(position: cursor))
                cursor += 1
            }
            var pair = CellPair.zero
            if cursor < indices.count, indices[cursor] == index {
                pair = self.pair(position: cursor)
                cursor += 1
            }
            add(&pair, other.pair(position: position))
            merged.append(index, pair)
        }
        while cursor < indices.count {
            merged.append(indices[cursor], pair(position: cursor))
            cursor += 1
        }
        (indices, tallies, sums) = (merged.indices, merged.tallies, merged.sums)
    }

    /// Makes room in the sparse form.
    mutating func reserveCapacity(_ pairs: Int) {
        indices.reserveCapacity(pairs)
        tallies.reserveCapacity(pairs)
        sums.reserveCapacity(pairs)
    }

    /// Appends to the sparse form what is not zero; the index is above all others.
    @inline(__always)
    mutating func append(_ index: Int32, _ pair: CellPair) {
        guard !pair.isZero else { return }
        indices.append(index)
        tallies.append(pair.open, pair.point)
        sums.append(pair.sum)
    }

    /// Adds to an index while the counts are spread out, but for how many values there are.
    @inline(__always)
    mutating func add(_ index: Int, _ pair: CellPair) {
        let (open, point) = tallies[index]
        tallies.set(index, open &+ pair.open, point &+ pair.point)
        sums.add(pair.sum, at: index)
    }

    /// Spreads the counts out until ``gatherUp()``, so that adding few others to many costs what the few do. O(K).
    mutating func spreadOut() {
        makeDense()
        isSpread = true
    }

    /// Takes the form that suits again. O(K).
    mutating func gatherUp() {
        isSpread = false
        settle()
    }

    /// Takes the form that suits how many pairs are occupied.
    mutating func settle() {
        guard !isSpread else { return }
        if !isDense, indices.count > pairCount / 2 {
            makeDense()
        } else if isDense, count < pairCount / 4 {
            makeSparse()
        }
    }

    /// Takes the sparse form where it is smaller, for those who keep many counts that seldom change. O(K).
    mutating func makeSmall() {
        guard isDense, !isSpread else { return }
        let number = occupiedCount
        if number <= pairCount / 2 { makeSparse(room: number) }
    }

    private mutating func makeSparse(room: Int = 0) {
        var sparse = GridCounts(pairCount: pairCount)
        sparse.reserveCapacity(room)
        for (index, pair) in occupied { sparse.append(Int32(truncatingIfNeeded: index), pair) }
        (indices, tallies, sums) = (sparse.indices, sparse.tallies, sparse.sums)
        isDense = false
    }

    /// Spreads the sparse form out. O(K).
    mutating func makeDense() {
        guard !isDense else { return }
        var dense = CellTallies(count: pairCount)
        var spread = IntervalSums(count: pairCount)
        for position in indices.indices {
            let index = Int(indices[position])
            let (open, point) = tallies[position]
            dense.set(index, open, point)
            spread.add(sums[position], at: index)
        }
        (tallies, sums) = (dense, spread)
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
