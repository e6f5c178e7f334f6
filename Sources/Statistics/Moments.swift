/// Count, mean and variance of a column from exact integer sums.
///
/// Sums and sums of squares are kept in units of the scale, without rounding. A value that does not fit the scale is
/// counted, left out of the sums, and makes mean and variance nil: better no number than a wrong one. Folding one value is
/// O(1).
package struct Moments: MergeableSummary {
    /// The unit of the sums; summaries merge only with those of the same scale.
    package let scale: FixedPointScale
    /// How many values there were.
    package private(set) var count = 0
    /// How many of them were too large for the sums.
    package private(set) var unsummed = 0
    private(set) var sum: Int128 = 0
    private(set) var squares = SquareSum()

    /// No values yet, to be summed in units of a scale.
    package init(scale: FixedPointScale = .unscaled) {
        self.scale = scale
    }

    init(scale: FixedPointScale, count: Int, unsummed: Int, sum: Int128, squares: SquareSum) {
        self.scale = scale
        self.count = count
        self.unsummed = unsummed
        self.sum = sum
        self.squares = squares
    }

    package var isEmpty: Bool { count == 0 }

    /// Counts one value that is not NaN.
    @inline(__always)
    package mutating func fold(_ value: Double) {
        guard scale.fits(value) else {
            foldUnsummed()
            return
        }
        foldSummed(scale.quantised(value))
    }

    /// Counts one value that is not NaN as often as told, or takes it out with a number below 0.
    ///
    /// A multiplicity of up to 2^30 in magnitude fits, so that weighted rows can be counted in fractions of a row.
    package mutating func fold(_ value: Double, times: Int) {
        count &+= times
        guard scale.fits(value) else {
            unsummed &+= times
            return
        }
        let fixed = scale.quantised(value)
        sum &+= fixed &* Int128(times)
        squares.add(squareOf: fixed, times: times)
    }

    /// Counts a value that is already in units of the scale.
    @inline(__always)
    mutating func foldSummed(_ fixed: Int128) {
        count &+= 1
        sum &+= fixed
        squares.add(squareOf: fixed)
    }

    /// Counts a value that is already in units of the scale.
    @inline(__always)
    mutating func foldSummed(_ fixed: Int64) {
        count &+= 1
        sum &+= Int128(truncatingIfNeeded: fixed)
        squares.add(squareOf: fixed)
    }

    /// Counts a value that does not fit.
    @inline(__always)
    mutating func foldUnsummed() {
        count &+= 1
        unsummed &+= 1
    }

    package mutating func merge(_ other: Moments) {
        precondition(scale == other.scale, "moments of different scales do not add up")
        count &+= other.count
        unsummed &+= other.unsummed
        sum &+= other.sum
        squares &+= other.squares
    }

    package mutating func subtract(_ other: Moments) {
        precondition(scale == other.scale, "moments of different scales do not add up")
        count &-= other.count
        unsummed &-= other.unsummed
        sum &-= other.sum
        squares &-= other.squares
    }

    /// Whether the sums hold every value and have not run over.
    private var isSummed: Bool {
        count > 0 && unsummed == 0 && squares.boundsSum(ofCount: count)
    }

    /// The arithmetic mean; nil without values or if one was too large to be summed.
    package var mean: Double? {
        guard isSummed else { return nil }
        return scale.real(sum.real / Double(count))
    }

    /// This mean less another, without the rounding of two means that are close; nil without one of them or where scales differ.
    func meanDifference(from other: Moments) -> Double? {
        guard isSummed, other.isSummed, scale == other.scale else { return nil }
        let base = other.sum / Int128(other.count)
        let rest = (sum &- base &* Int128(count)).real / Double(count)
        let offset = (other.sum &- base &* Int128(other.count)).real / Double(other.count)
        return scale.real(rest - offset)
    }

    /// The standard deviation with ddof 0; nil without values or if one was too large to be summed.
    ///
    /// From `sqrt(n * sum(q^2) - sum(q)^2) / n` over integers `q`, exactly up to the root.
    package var std: Double? {
        guard isSummed, let spread = squares.spread(count: count, total: sum) else { return nil }
        return scale.real(spread.squareRoot() / Double(count))
    }

    /// The variance with ddof 0; nil without values, if one was too large to be summed, or beyond what `Double` holds.
    package var variance: Double? {
        guard let std, (std * std).isFinite else { return nil }
        return std * std
    }

    /// The sum of squared deviations from the mean, in squared units.
    var deviation: Double? {
        guard isSummed, let spread = squares.spread(count: count, total: sum) else { return nil }
        return spread / Double(count)
    }
}
