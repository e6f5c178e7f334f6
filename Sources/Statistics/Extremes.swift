/// The least and the greatest value of a column.
///
/// Extremes merge and cannot be subtracted; over a sliding window they are kept by `SlidingUnion`.
package struct Extremes: Hashable, Sendable {
    /// The least value, infinity if there is none.
    private var least: Double
    /// The greatest value, minus infinity if there is none.
    private var greatest: Double

    /// No values.
    package init() {
        least = .infinity
        greatest = -.infinity
    }

    /// The extremes of two values, in any order; a NaN counts as none.
    package init(_ first: Double, _ second: Double) {
        self.init()
        fold(first)
        fold(second)
    }

    package var isEmpty: Bool { least > greatest }

    /// The least value, nil if there is none.
    package var minimum: Double? { isEmpty ? nil : least }

    /// The greatest value, nil if there is none.
    package var maximum: Double? { isEmpty ? nil : greatest }

    /// Whether all values are smaller in magnitude; so it is where there are none.
    func lie(below limit: Double) -> Bool {
        least > -limit && greatest < limit
    }

    /// Takes one value in; NaN is passed over, and -0 is 0.
    @inline(__always)
    package mutating func fold(_ value: Double) {
        let plain = value + 0
        least = plain < least ? plain : least
        greatest = plain > greatest ? plain : greatest
    }

    /// Those of both.
    package func merged(with other: Extremes) -> Extremes {
        var both = self
        both.merge(other)
        return both
    }

    package mutating func merge(_ other: Extremes) {
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
    }
}
