/// What is counted of a numeric column, laid open: the content of a portable profile.
///
/// Arrays run over the `K` cut points of a grid: `open` and `sums` have `K + 1` entries, the intervals below each cut point
/// and above the last, `point` has `K`.
package struct NumericParts: Hashable, Sendable {
    /// How many values were null, whatever the reason.
    package var missing = 0

    /// How many of the nulls stand for a value of another type.
    package var typeErrors = 0

    /// How many values lay outside the declared range.
    package var outOfRange = 0

    /// How many values lie in each open interval.
    package var open: [Int] = []

    /// How many values equal each cut point.
    package var point: [Int] = []

    /// The sums of the values of each open interval, in units of the grid's scale.
    package var sums: [Int128] = []

    /// How many values were too large to be summed.
    package var unsummed = 0

    /// The three limbs of the sum of squares: what counts units, 2^64 and 2^128 of them.
    package var squares: [Int128] = [0, 0, 0]

    /// The least value, nil where there is none or it is infinite.
    package var minimum: Double?

    /// The greatest value, nil where there is none or it is infinite.
    package var maximum: Double?

    /// No parts yet.
    package init() {}

    /// The most rows that parts may speak of, so that no sum of counts runs over.
    package static let mostRows = 1_000_000_000_000
}

extension NumericSummary {
    /// The summary laid open.
    ///
    /// - Complexity: O(K).
    package var parts: NumericParts {
        var parts = NumericParts()
        parts.missing = missing
        parts.typeErrors = typeErrors
        parts.outOfRange = outOfRange
        parts.open = Array(repeating: 0, count: cells.pairCount)
        parts.point = Array(repeating: 0, count: cells.pairCount - 1)
        parts.sums = Array(repeating: 0, count: cells.pairCount)
        for (index, pair) in cells.occupied {
            parts.open[index] = pair.open
            parts.sums[index] = pair.sum
            if index < parts.point.count { parts.point[index] = pair.point }
        }
        parts.unsummed = cells.unsummed
        parts.squares = [moments.squares.low, moments.squares.middle, moments.squares.high]
        parts.minimum = extremes.minimum.flatMap { $0.isFinite ? $0 : nil }
        parts.maximum = extremes.maximum.flatMap { $0.isFinite ? $0 : nil }
        return parts
    }

    /// A summary of parts from outside, which must be possible: counts that add up, sums that values of these cells can have,
    /// extremes in the outermost occupied cells.
    ///
    /// Parts that count rows as often as their weights say have no extremes of their own.
    /// - Complexity: O(K).
    package init(_ parts: NumericParts, on grid: RankGrid, hasExtremes: Bool = true) throws(PartsError) {
        var check = NumericPartsCheck(parts, grid)
        let cells = try check.cells()
        let moments = try check.moments(of: cells)
        let extremes = hasExtremes ? try check.extremes(of: cells) : try check.noExtremes()
        try check.sums(within: extremes)
        // Parts do not say which values lie in the open intervals.
        var distinct = DistinctSketch(.column)
        distinct.markPartial(rows: cells.count)
        self.init(
            missing: parts.missing, typeErrors: parts.typeErrors, outOfRange: parts.outOfRange, cells: cells,
            moments: moments, extremes: extremes, distinct: distinct)
    }
}
