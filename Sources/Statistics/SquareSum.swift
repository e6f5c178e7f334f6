/// An exact sum of squares of fixed-point numbers of up to 100 bits, in three limbs that never overflow.
///
/// With a number cut into `high * 2^64 + low`, its square is `high^2 * 2^128 + 2 high low * 2^64 + low^2`; what belongs to
/// each power of 2^64 is summed apart in 128 bits, so that 2^25 of the greatest squares fit, and far more of usual ones.
package struct SquareSum: Hashable, Sendable {
    /// The sum of what counts units.
    var low: Int128 = 0
    /// The sum of what counts 2^64.
    var middle: Int128 = 0
    /// The sum of what counts 2^128.
    var high: Int128 = 0

    init() {}

    init(low: Int128, middle: Int128, high: Int128) {
        self.low = low
        self.middle = middle
        self.high = high
    }

    /// The square of one number, in limbs.
    @inline(__always)
    init(squareOf number: Int128) {
        let magnitude = number.magnitude
        let upper = UInt64(truncatingIfNeeded: magnitude &>> 64)
        let lower = UInt64(truncatingIfNeeded: magnitude)
        let square = lower.multipliedFullWidth(by: lower)
        let cross = upper.multipliedFullWidth(by: lower)
        let top = upper.multipliedFullWidth(by: upper)
        low = Int128(truncatingIfNeeded: square.low)
        middle =
            Int128(truncatingIfNeeded: square.high)
            &+ (Int128(truncatingIfNeeded: cross.high) &<< 65)
            &+ (Int128(truncatingIfNeeded: cross.low) &<< 1)
        high = Int128(truncatingIfNeeded: top.low) &+ (Int128(truncatingIfNeeded: top.high) &<< 64)
    }

    /// Adds the square of a number.
    @inline(__always)
    mutating func add(squareOf number: Int128) {
        self &+= SquareSum(squareOf: number)
    }

    /// Adds the square of a number.
    @inline(__always)
    mutating func add(squareOf number: Int64) {
        let square = number.magnitude.multipliedFullWidth(by: number.magnitude)
        low &+= Int128(truncatingIfNeeded: square.low)
        middle &+= Int128(truncatingIfNeeded: square.high)
    }

    /// Adds the square of a number as often as told, or takes it out with a number below 0.
    mutating func add(squareOf number: Int128, times: Int) {
        let square = SquareSum(squareOf: number)
        low &+= square.low &* Int128(times)
        middle &+= square.middle &* Int128(times)
        high &+= square.high &* Int128(times)
    }

    @inline(__always)
    static func &+= (left: inout SquareSum, right: SquareSum) {
        left.low &+= right.low
        left.middle &+= right.middle
        left.high &+= right.high
    }

    @inline(__always)
    static func &-= (left: inout SquareSum, right: SquareSum) {
        left.low &-= right.low
        left.middle &-= right.middle
        left.high &-= right.high
    }

    /// The sum as a real number of squared units.
    var real: Double { (high.real * 0x1p64 + middle.real) * 0x1p64 + low.real }

    /// Whether `count` numbers of this sum of squares have a sum that fits 127 bits, by Cauchy and Schwarz.
    func boundsSum(ofCount count: Int) -> Bool {
        low >= 0 && middle >= 0 && high >= 0 && real * Double(count) < 0x1p252
    }

    /// `count * self - total^2`, exactly, as a real number of squared units: `count^2` times the variance.
    ///
    /// Computed in 256 bits, so that nothing cancels. Nil if the parts cannot belong together.
    func spread(count: Int, total: Int128) -> Double? {
        guard count > 0, boundsSum(ofCount: count) else { return nil }
        var left = WideNumber(product: high.magnitude, count.magnitude).shiftedLeft64
        left.add(WideNumber(product: middle.magnitude, count.magnitude))
        left = left.shiftedLeft64
        left.add(WideNumber(product: low.magnitude, count.magnitude))
        let right = WideNumber(product: total.magnitude, total.magnitude)
        guard !(left < right) else { return nil }
        left.subtract(right)
        return left.real
    }
}
