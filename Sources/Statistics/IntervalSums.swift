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
        guard !isWide, !other.isWide else { return addWide(other) }
        guard Self.add(other.narrow, to: &narrow) else { return }
        Self.subtract(other.narrow, from: &narrow)
        addWide(other)
    }

    /// Adds four times as many at once, which reads and writes these only once.
    mutating func add(_ one: IntervalSums, _ two: IntervalSums, _ three: IntervalSums, _ four: IntervalSums) {
        guard !isWide, !one.isWide, !two.isWide, !three.isWide, !four.isWide,
            Self.add(one.narrow, two.narrow, three.narrow, four.narrow, to: &narrow)
        else {
            for other in [one, two, three, four] { add(other) }
            return
        }
    }

    /// Takes away as many sums.
    mutating func subtract(_ other: IntervalSums) {
        guard !isWide, !other.isWide else { return subtractWide(other) }
        guard Self.subtract(other.narrow, from: &narrow) else { return }
        Self.add(other.narrow, to: &narrow)
        subtractWide(other)
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

    private mutating func addWide(_ other: IntervalSums) {
        widen()
        let source = other.widened
        precondition(source.count == wide.count, "counts over different grids do not add up")
        for index in source.indices { wide[index] &+= source[index] }
    }

    private mutating func subtractWide(_ other: IntervalSums) {
        widen()
        let source = other.widened
        precondition(source.count == wide.count, "counts over different grids do not add up")
        for index in source.indices { wide[index] &-= source[index] }
    }

    /// Adds, and says whether a sum ran over; to take the same away again brings back what was.
    @discardableResult
    private static func add(_ other: [Int64], to sums: inout [Int64]) -> Bool {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        var signs: Int64 = 0
        for index in 0..<source.count {
            let (old, change) = (target[index], source[index])
            let new = old &+ change
            // Negative where both have a sign that their sum has not.
            signs |= (old ^ new) & (change ^ new)
            target[index] = new
        }
        return signs < 0
    }

    /// Takes away, and says whether a sum ran over; to add the same again brings back what was.
    @discardableResult
    private static func subtract(_ other: [Int64], from sums: inout [Int64]) -> Bool {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        var signs: Int64 = 0
        for index in 0..<source.count {
            let (old, change) = (target[index], source[index])
            let new = old &- change
            signs |= (old ^ change) & (old ^ new)
            target[index] = new
        }
        return signs < 0
    }

    /// Adds four; false, and nothing changed, where a sum would run over.
    private static func add(
        _ one: [Int64], _ two: [Int64], _ three: [Int64], _ four: [Int64], to sums: inout [Int64]
    ) -> Bool {
        let (a, b, c, d) = (one.span, two.span, three.span, four.span)
        var target = sums.mutableSpan
        let count = target.count
        precondition(
            a.count == count && b.count == count && c.count == count && d.count == count,
            "counts over different grids do not add up")
        var signs: Int64 = 0
        for index in 0..<count {
            let (old, first, second, third, fourth) = (target[index], a[index], b[index], c[index], d[index])
            let left = first &+ second
            let right = third &+ fourth
            let both = left &+ right
            let new = old &+ both
            signs |= (first ^ left) & (second ^ left) | (third ^ right) & (fourth ^ right)
            signs |= (left ^ both) & (right ^ both) | (old ^ new) & (both ^ new)
            target[index] = new
        }
        guard signs < 0 else { return true }
        for index in 0..<count { target[index] &-= a[index] &+ b[index] &+ (c[index] &+ d[index]) }
        return false
    }
}
