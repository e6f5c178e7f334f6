/// The sums of the open intervals of a grid in units of its scale, in 64 bits each for as long as that is certainly enough.
///
/// Which of the two it is changes no number. Half the memory of 128 bits, and adding up is mostly reading memory.
struct IntervalSums: Sendable {
    /// The sums while they are narrow.
    private(set) var narrow: [Int64] = []
    /// The sums once they are wide.
    private(set) var wide: [Int128] = []
    private(set) var isWide = false
    /// No narrow sum is larger than this in magnitude, nor is this than `most`.
    private var bound: UInt64 = 0

    /// The largest magnitude of a narrow sum: one more of that size never runs over.
    static let most: UInt64 = 1 << 62 - 1

    /// No intervals.
    init() {}

    /// So many sums of nothing.
    init(count: Int) {
        narrow = [Int64](repeating: 0, count: count)
    }

    /// Sums that exist already.
    init(narrow: [Int64]) {
        self.narrow = narrow
        bound = greatest
        if bound > Self.most { widen() }
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
    @inline(__always)
    var footprint: Int { narrow.count * 8 + wide.count * 16 }

    mutating func reserveCapacity(_ count: Int) {
        if isWide { wide.reserveCapacity(count) } else { narrow.reserveCapacity(count) }
    }

    mutating func append(_ sum: Int128) {
        admit(sum)
        if isWide { wide.append(sum) } else { narrow.append(Int64(truncatingIfNeeded: sum)) }
    }

    /// Adds to the sum at an index.
    @inline(__always)
    mutating func add(_ sum: Int128, at index: Int) {
        let total = self[index] &+ sum
        admit(total)
        if isWide { wide[index] = total } else { narrow[index] = Int64(truncatingIfNeeded: total) }
    }

    /// Forgets the sum at an index.
    @inline(__always)
    mutating func clear(_ index: Int) {
        if isWide { wide[index] = 0 } else { narrow[index] = 0 }
    }

    /// Adds as many sums.
    mutating func add(_ other: IntervalSums) {
        makeRoom(for: other)
        if isWide {
            IntegerColumns.add(other.widened, to: &wide)
        } else {
            IntegerColumns.add(other.narrow, to: &narrow)
        }
    }

    /// Adds four times as many at once, which reads and writes these only once.
    @inline(__always)
    mutating func add(_ one: IntervalSums, _ two: IntervalSums, _ three: IntervalSums, _ four: IntervalSums) {
        if one.isWide || two.isWide || three.isWide || four.isWide {
            widen()
        } else {
            // Below 2^64, because no bound of narrow sums is above 2^62 - 1.
            makeRoom(for: one.bound + two.bound + three.bound + four.bound)
        }
        guard !isWide else {
            for other in [one, two, three, four] { IntegerColumns.add(other.widened, to: &wide) }
            return
        }
        IntegerColumns.add(one.narrow, two.narrow, three.narrow, four.narrow, to: &narrow)
    }

    /// Takes away as many sums.
    mutating func subtract(_ other: IntervalSums) {
        makeRoom(for: other)
        if isWide {
            IntegerColumns.subtract(other.widened, from: &wide)
        } else {
            IntegerColumns.subtract(other.narrow, from: &narrow)
        }
    }

    /// Adds the first values of a column and counts them in `counts`, which has a place for each cell and room for so many more.
    mutating func fold<Count: FixedWidthInteger>(
        _ column: FoldColumn, _ filled: Int, counts: inout [Count], moments: inout Moments
    ) {
        if !isWide {
            if let greatest = column.count(filled, into: &counts, narrow: &narrow, moments: &moments) {
                bound = max(bound, greatest)
                return
            }
            widen()
        }
        column.count(filled, into: &counts, sums: &wide, moments: &moments)
    }

    /// Makes sure that a sum can be kept.
    @inline(__always)
    private mutating func admit(_ sum: Int128) {
        guard !isWide else { return }
        if sum.magnitude > UInt128(Self.most) { widen() } else { bound = max(bound, UInt64(sum.magnitude)) }
    }

    @inline(__always)
    private mutating func makeRoom(for other: IntervalSums) {
        if other.isWide { widen() } else { makeRoom(for: other.bound) }
    }

    /// Makes sure that every sum may change by so much.
    private mutating func makeRoom(for change: UInt64) {
        guard !isWide else { return }
        if change > Self.most || bound > Self.most - change {
            // The bound only grows; what was summed may have become less.
            bound = greatest
            guard change <= Self.most, bound <= Self.most - change else { return widen() }
        }
        bound += change
    }

    /// What no narrow sum is larger than in magnitude, at most twice the largest.
    private var greatest: UInt64 {
        var bits: Int64 = 0
        for index in narrow.indices { bits |= narrow[index] ^ narrow[index] &>> 63 }
        return UInt64(bitPattern: bits) + 1
    }

    private mutating func widen() {
        guard !isWide else { return }
        (wide, narrow, bound) = (widened, [], 0)
        isWide = true
    }
}
