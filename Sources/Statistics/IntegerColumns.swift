/// Columns of integers of the same length that are added up in straight loops, also where those that are added have fewer bits.
///
/// That no number runs over is for others to see to.
enum IntegerColumns {
    /// Adds a column.
    @inline(__always)
    static func add<Part: FixedWidthInteger, Sum: FixedWidthInteger>(_ other: [Part], to sums: inout [Sum]) {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        for index in 0..<source.count { target[index] &+= Sum(truncatingIfNeeded: source[index]) }
    }

    /// Takes a column away.
    @inline(__always)
    static func subtract<Part: FixedWidthInteger, Sum: FixedWidthInteger>(_ other: [Part], from sums: inout [Sum]) {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        for index in 0..<source.count { target[index] &-= Sum(truncatingIfNeeded: source[index]) }
    }

    /// Adds four columns, which reads and writes the fifth only once; where that has more bits than the others, four of their
    /// numbers together fit what one of them has.
    @inline(__always)
    static func add<Part: FixedWidthInteger, Sum: FixedWidthInteger>(
        _ one: [Part], _ two: [Part], _ three: [Part], _ four: [Part], to sums: inout [Sum]
    ) {
        let (a, b, c, d) = (one.span, two.span, three.span, four.span)
        var target = sums.mutableSpan
        let count = target.count
        precondition(
            a.count == count && b.count == count && c.count == count && d.count == count,
            "counts over different grids do not add up")
        for index in 0..<count {
            target[index] &+= Sum(truncatingIfNeeded: (a[index] &+ b[index]) &+ (c[index] &+ d[index]))
        }
    }

    /// The largest magnitude in a column of at most 32 bits a number.
    @inline(__always)
    static func greatest<Number: FixedWidthInteger & SignedInteger>(of numbers: [Number]) -> Int {
        let numbers = numbers.span
        var (least, most): (Number, Number) = (0, 0)
        for index in 0..<numbers.count {
            least = min(least, numbers[index])
            most = max(most, numbers[index])
        }
        return max(Int(truncatingIfNeeded: most), 0 &- Int(truncatingIfNeeded: least))
    }
}
