/// The power of two that values of one column are rounded to before they are added up.
///
/// Sums are integers: a value is rounded once, half to even, to a multiple of `2^(exponent - 76)` and added in 128 bits.
/// Integer addition does not depend on order and is undone by subtraction, which no sum of `Double` can promise. With
/// `exponent` that of the reference's largest magnitude, values of that size keep all their 53 bits, and one may be
/// eight million times larger before it no longer fits.
package struct FixedPointScale: Hashable, Sendable {
    /// The binary exponent of the largest magnitude expected, from -1074 to 1023.
    package let exponent: Int

    /// The smallest magnitude that no longer fits, `2^(exponent + 24)`; infinite where every finite value fits.
    @inline(__always)
    package var limit: Double { .power(exponent &+ FixedPointScale.headroom) }

    /// Below which magnitude a number of units takes at most 63 bits with its sign, `2^(exponent - 14)`.
    @inline(__always)
    var narrowLimit: Double { .power(exponent &- FixedPointScale.depth &+ 62) }

    /// The scale of columns without a reference: multiples of 2^-56, magnitudes below 2^44.
    package static let unscaled = FixedPointScale(exponent: 20)

    /// How many bits the least significant one lies below `exponent`.
    static let depth = 76
    /// How many bits above `exponent` a magnitude may lie and still fit.
    static let headroom = 24

    /// The scale for a reference: values of the size of its usual ones keep their 53 bits in sums of 64, and the largest fits.
    ///
    /// - Parameters:
    ///   - usual: the magnitude of usual values; zero for one that is not known.
    ///   - largest: the largest magnitude; zero or nothing finite gives `unscaled`.
    package init(usualMagnitude usual: Double, largest: Double) {
        let whole = FixedPointScale(largestMagnitude: largest)
        guard usual.isFinite, usual != 0, largest.isFinite, largest != 0 else {
            self = whole
            return
        }
        self.init(exponent: max(Int(usual.exponent) + FixedPointScale.depth - 52, whole.exponent))
    }

    /// A scale for values of about `2^exponent`; an exponent that no finite number has is brought into range.
    package init(exponent: Int) {
        self.exponent = min(max(exponent, -1074), 1023)
    }

    /// The scale for a reference whose largest magnitude is given; zero or nothing finite gives `unscaled`.
    package init(largestMagnitude: Double) {
        guard largestMagnitude.isFinite, largestMagnitude != 0 else {
            self = .unscaled
            return
        }
        self.init(exponent: Int(largestMagnitude.exponent))
    }

    /// The exponent of the unit that fixed-point numbers count.
    var unitExponent: Int { exponent - FixedPointScale.depth }

    /// Whether a value can be counted in a sum: below `limit` in magnitude; infinities and NaN never are.
    @inline(__always)
    package func fits(_ value: Double) -> Bool {
        value.magnitude < limit
    }

    /// A value that fits, as a multiple of the unit, rounded half to even.
    @inline(__always)
    func quantised(_ value: Double) -> Int128 {
        guard value.magnitude >= narrowLimit else { return Int128(truncatingIfNeeded: quantisedNarrow(value)) }
        // So far above the unit nothing is to be rounded.
        let bits = value.bitPattern
        let field = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
        let significand = bits & 0xF_FFFF_FFFF_FFFF | (field == 0 ? 0 : 1) &<< 52
        let shift = max(field, 1) &- 1075 &- unitExponent
        let sign = Int128(truncatingIfNeeded: Int64(bitPattern: bits) &>> 63)
        let magnitude = Int128(truncatingIfNeeded: significand) &<< Int128(truncatingIfNeeded: shift)
        return (magnitude ^ sign) &- sign
    }

    /// So many times the same.
    @inline(__always)
    func quantised(_ value: Double, times count: Int) -> Int128 {
        guard value.magnitude < narrowLimit else { return Int128(truncatingIfNeeded: count) &* quantised(value) }
        let product = quantisedNarrow(value).multipliedFullWidth(by: Int64(truncatingIfNeeded: count))
        return Int128(truncatingIfNeeded: product.high) &<< 64 | Int128(truncatingIfNeeded: product.low)
    }

    /// The same of a value below ``narrowLimit`` in magnitude, without a branch.
    ///
    /// To add a power of two that is far larger and to take it away again rounds to a multiple of its last bit, half to even; done
    /// once for the upper 32 bits and once for the rest, which are exact, it reaches further than the 53 bits of a `Double`.
    @inline(__always)
    func quantisedNarrow(_ value: Double) -> Int64 {
        // One power of two alone would not be finite for the smallest units.
        let rise = min(0 &- unitExponent, 1023)
        let units = value * .power(rise) * .power(0 &- unitExponent &- rise)
        let upper = units + 0x1.8p84
        let rest = units - (upper - 0x1.8p84)
        let high = Int64(bitPattern: upper.bitPattern &- (0x1.8p84).bitPattern)
        let low = Int64(bitPattern: (rest + 0x1.8p52).bitPattern &- (0x1.8p52).bitPattern)
        return high &<< 32 &+ low
    }

    /// The real number that a count of units stands for.
    func real(_ units: Double) -> Double {
        Double(sign: .plus, exponent: unitExponent, significand: units)
    }
}

extension Int128 {
    /// The nearest `Double`, give or take its last bit.
    @inline(__always)
    var real: Double {
        let (high, low) = (Int64(truncatingIfNeeded: self >> 64), UInt64(truncatingIfNeeded: self))
        // Signed words become doubles in one step each; beyond one word the lowest bit does not show.
        guard high != Int64(bitPattern: low) >> 63 else { return Double(Int64(bitPattern: low)) }
        return Double(high) * 0x1p64 + Double(Int64(bitPattern: low >> 1)) * 2
    }
}

extension UInt128 {
    /// The nearest `Double`, give or take its last bit.
    @inline(__always)
    var real: Double {
        Double(UInt64(truncatingIfNeeded: self >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: self))
    }
}

extension Double {
    /// `2^exponent`; infinite beyond 1023, and zero below -1074.
    @inline(__always)
    fileprivate static func power(_ exponent: Int) -> Double {
        guard exponent < -1022 else {
            return Double(bitPattern: UInt64(truncatingIfNeeded: min(exponent, 1024) + 1023) &<< 52)
        }
        // Below all normal numbers the bits count multiples of the least.
        return exponent < -1074 ? 0 : Double(bitPattern: 1 &<< UInt64(truncatingIfNeeded: exponent &+ 1074))
    }
}
