/// Columns of integers of the same length that are added up in straight loops, and whether a number ran over by it.
///
/// Where one did, taking the same away again (or adding it) brings back what was.
enum IntegerColumns {
    /// Adds a column.
    @inline(__always) @discardableResult
    static func add<Number: FixedWidthInteger & SignedInteger>(_ other: [Number], to sums: inout [Number]) -> Bool {
        combine(other, into: &sums) { old, change in
            let new = old &+ change
            // Negative where both have a sign that their sum has not.
            return (new, (old ^ new) & (change ^ new))
        }
    }

    /// Takes a column away.
    @inline(__always) @discardableResult
    static func subtract<Number: FixedWidthInteger & SignedInteger>(
        _ other: [Number], from sums: inout [Number]
    ) -> Bool {
        combine(other, into: &sums) { old, change in
            let new = old &- change
            return (new, (old ^ change) & (old ^ new))
        }
    }

    /// Adds four columns, which reads and writes the fifth only once.
    @inline(__always) @discardableResult
    static func add<Number: FixedWidthInteger & SignedInteger>(
        _ one: [Number], _ two: [Number], _ three: [Number], _ four: [Number], to sums: inout [Number]
    ) -> Bool {
        let (a, b, c, d) = (one.span, two.span, three.span, four.span)
        var target = sums.mutableSpan
        let count = target.count
        precondition(
            a.count == count && b.count == count && c.count == count && d.count == count,
            "counts over different grids do not add up")
        var signs: Number = 0
        for index in 0..<count {
            let (old, first, second, third, fourth) = (target[index], a[index], b[index], c[index], d[index])
            let (left, right) = (first &+ second, third &+ fourth)
            let both = left &+ right
            let new = old &+ both
            signs |= (first ^ left) & (second ^ left) | (third ^ right) & (fourth ^ right)
            signs |= (left ^ both) & (right ^ both) | (old ^ new) & (both ^ new)
            target[index] = new
        }
        return signs < 0
    }

    @inline(__always)
    private static func combine<Number: FixedWidthInteger & SignedInteger>(
        _ other: [Number], into sums: inout [Number], _ step: (Number, Number) -> (new: Number, sign: Number)
    ) -> Bool {
        let source = other.span
        var target = sums.mutableSpan
        precondition(target.count == source.count, "counts over different grids do not add up")
        var signs: Number = 0
        for index in 0..<source.count {
            let (new, sign) = step(target[index], source[index])
            signs |= sign
            target[index] = new
        }
        return signs < 0
    }
}
