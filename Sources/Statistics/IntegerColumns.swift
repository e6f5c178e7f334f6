/// Columns of integers of the same length that are added up in straight loops. That no number runs over is for others to see to.
enum IntegerColumns {
    /// Adds a column.
    @inline(__always)
    static func add<Number: FixedWidthInteger>(_ other: [Number], to sums: inout [Number]) {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        for index in 0..<source.count { target[index] &+= source[index] }
    }

    /// Takes a column away.
    @inline(__always)
    static func subtract<Number: FixedWidthInteger>(_ other: [Number], from sums: inout [Number]) {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        for index in 0..<source.count { target[index] &-= source[index] }
    }

    /// Adds four columns, which reads and writes the fifth only once.
    @inline(__always)
    static func add<Number: FixedWidthInteger>(
        _ one: [Number], _ two: [Number], _ three: [Number], _ four: [Number], to sums: inout [Number]
    ) {
        let (a, b, c, d) = (one.span, two.span, three.span, four.span)
        var target = sums.mutableSpan
        let count = target.count
        precondition(
            a.count == count && b.count == count && c.count == count && d.count == count,
            "counts over different grids do not add up")
        for index in 0..<count { target[index] &+= (a[index] &+ b[index]) &+ (c[index] &+ d[index]) }
    }
}
