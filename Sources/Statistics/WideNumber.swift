/// An unsigned number of 256 bits, for products of two sums.
struct WideNumber: Comparable {
    private var high: UInt128
    private var low: UInt128

    /// The full product of two numbers.
    init(product left: UInt128, _ right: UInt128) {
        (high, low) = left.multipliedFullWidth(by: right)
    }

    /// The full product of a wide and a narrow number.
    init(product left: UInt128, _ right: UInt) {
        self.init(product: left, UInt128(right))
    }

    /// This number times 2^64; what leaves at the top is lost.
    var shiftedLeft64: WideNumber {
        var result = self
        result.high = high << 64 | low >> 64
        result.low = low << 64
        return result
    }

    mutating func add(_ other: WideNumber) {
        let (sum, carry) = low.addingReportingOverflow(other.low)
        low = sum
        high = high &+ other.high &+ (carry ? 1 : 0)
    }

    mutating func subtract(_ other: WideNumber) {
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        low = difference
        high = high &- other.high &- (borrow ? 1 : 0)
    }

    static func < (left: WideNumber, right: WideNumber) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// The nearest `Double`, give or take its last bit.
    var real: Double { high.real * 0x1p128 + low.real }
}
