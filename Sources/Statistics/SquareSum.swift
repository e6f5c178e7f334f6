/// An exact sum of non-negative numbers of up to 124 bits, in two limbs that never overflow.
///
/// The low and the high 64 bits of what is added are summed apart, each in 128 bits, so that 2^60 squares fit.
package struct SquareSum: Hashable, Sendable {
    /// The sum of the low halves.
    var low: Int128 = 0
    /// The sum of the high halves, each worth 2^64.
    var high: Int128 = 0

    init() {}

    init(low: Int128, high: Int128) {
        self.low = low
        self.high = high
    }

    /// Adds the square of a number.
    @inline(__always)
    mutating func add(squareOf number: Int64) {
        let magnitude = number.magnitude
        let product = magnitude.multipliedFullWidth(by: magnitude)
        low &+= Int128(truncatingIfNeeded: product.low)
        high &+= Int128(truncatingIfNeeded: product.high)
    }

    /// Adds a number once, or takes it out with sign -1.
    mutating func add(_ number: UInt128, sign: Int) {
        low &+= Int128(truncatingIfNeeded: sign) &* Int128(truncatingIfNeeded: UInt64(truncatingIfNeeded: number))
        high &+= Int128(truncatingIfNeeded: sign) &* Int128(truncatingIfNeeded: number >> 64)
    }

    static func &+= (left: inout SquareSum, right: SquareSum) {
        left.low &+= right.low
        left.high &+= right.high
    }

    static func &-= (left: inout SquareSum, right: SquareSum) {
        left.low &-= right.low
        left.high &-= right.high
    }

    /// The sum as a real number of units.
    var real: Double { high.real * 0x1p64 + low.real }

    /// `count * self - total^2`, exactly, as a real number of squared units: `count^2` times the variance.
    ///
    /// Computed in 256 bits, so that nothing cancels. Nil if the parts cannot belong together.
    func spread(count: Int, total: Int128) -> Double? {
        guard count > 0, low >= 0, high >= 0 else { return nil }
        var left = WideNumber(product: high.magnitude, count.magnitude).shiftedLeft64
        left.add(WideNumber(product: low.magnitude, count.magnitude))
        let right = WideNumber(product: total.magnitude, total.magnitude)
        guard !(left < right) else { return nil }
        left.subtract(right)
        return left.real
    }
}
