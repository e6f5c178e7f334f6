/// The sums of the open intervals of a grid in units of its scale, in 64 bits each for as long as all of them fit.
///
/// Which of the two it is changes no number. Half the memory of 128 bits, and adding up is mostly reading memory; that every sum
/// still fits is seen from the additions themselves, so that no bound has to be known.
struct IntervalSums: Sendable {
    /// The sums while they are narrow.
    private(set) var narrow: [Int64] = []
    /// The sums once they are wide.
    private(set) var wide: [Int128] = []
    private(set) var isWide = false

    /// No intervals.
    init() {}

    /// So many sums of nothing.
    init(count: Int) {
        narrow = [Int64](repeating: 0, count: count)
    }

    /// Sums that exist already.
    init(narrow: [Int64]) {
        self.narrow = narrow
    }

    /// Sums that exist already.
    init(wide: [Int128]) {
        self.wide = wide
        isWide = true
    }

    var count: Int { isWide ? wide.count : narrow.count }

    /// The sum at an index.
    @inline(__always)
    subscript(index: Int) -> Int128 {
        isWide ? wide[index] : Int128(truncatingIfNeeded: narrow[index])
    }

    /// All sums as whole numbers.
    var widened: [Int128] { isWide ? wide : narrow.map { Int128(truncatingIfNeeded: $0) } }

    /// The bytes of the sums.
    var footprint: Int { narrow.count * 8 + wide.count * 16 }

    mutating func reserveCapacity(_ count: Int) {
        if isWide { wide.reserveCapacity(count) } else { narrow.reserveCapacity(count) }
    }

    mutating func append(_ sum: Int128) {
        if !isWide, let word = Int64(exactly: sum) {
            narrow.append(word)
        } else {
            widen()
            wide.append(sum)
        }
    }

    /// Adds to the sum at an index.
    @inline(__always)
    mutating func add(_ sum: Int128, at index: Int) {
        let total = self[index] &+ sum
        if !isWide, let word = Int64(exactly: total) {
            narrow[index] = word
        } else {
            widen()
            wide[index] = total
        }
    }

    /// Forgets the sum at an index.
    @inline(__always)
    mutating func clear(_ index: Int) {
        if isWide { wide[index] = 0 } else { narrow[index] = 0 }
    }

    /// Adds as many sums.
    mutating func add(_ other: IntervalSums) {
        if !isWide, !other.isWide {
            guard IntegerColumns.add(other.narrow, to: &narrow) else { return }
            IntegerColumns.subtract(other.narrow, from: &narrow)
        }
        widen()
        IntegerColumns.add(other.widened, to: &wide)
    }

    /// Adds four times as many at once, which reads and writes these only once.
    mutating func add(_ one: IntervalSums, _ two: IntervalSums, _ three: IntervalSums, _ four: IntervalSums) {
        if !isWide, !one.isWide, !two.isWide, !three.isWide, !four.isWide {
            guard IntegerColumns.add(one.narrow, two.narrow, three.narrow, four.narrow, to: &narrow) else { return }
            for other in [one, two, three, four] { IntegerColumns.subtract(other.narrow, from: &narrow) }
        }
        for other in [one, two, three, four] { add(other) }
    }

    /// Takes away as many sums.
    mutating func subtract(_ other: IntervalSums) {
        if !isWide, !other.isWide {
            guard IntegerColumns.subtract(other.narrow, from: &narrow) else { return }
            IntegerColumns.add(other.narrow, to: &narrow)
        }
        widen()
        IntegerColumns.subtract(other.widened, from: &wide)
    }

    /// Adds the first values of a column and counts them in `words`, as `CellTallies` has them.
    mutating func fold(_ column: FoldColumn, _ filled: Int, counts words: inout [Int64], moments: inout Moments) {
        if !isWide {
            if column.count(filled, into: &words, narrow: &narrow, moments: &moments) { return }
            widen()
        }
        column.count(filled, into: &words, sums: &wide, moments: &moments)
    }

    private mutating func widen() {
        guard !isWide else { return }
        (wide, narrow) = (widened, [])
        isWide = true
    }
}
