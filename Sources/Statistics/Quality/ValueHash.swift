/// The fixed 64-bit hashes of numbers and rows: the same in every process and for ever.
package enum ValueHash {
    /// Mixes all bits into all others (Stafford's variant 13 of the finaliser of MurmurHash3).
    @inline(__always)
    static func mixed(_ bits: UInt64) -> UInt64 {
        var hash = bits
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }

    /// The hash of a number that is not -0, of which the high bits are good: two products with a fold between them.
    @inline(__always)
    static func value(of number: Double) -> UInt64 {
        let bits = number.bitPattern
        let hash = (bits ^ bits >> 32) &* 0xBF58_476D_1CE4_E5B9
        return (hash ^ hash >> 29) &* 0x94D0_49BB_1331_11EB
    }

    /// The hash of nothing, to which the parts of a long value are added one after the other.
    package static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    /// A hash with one more part.
    @inline(__always)
    package static func combined(_ hash: UInt64, _ part: UInt64) -> UInt64 {
        let mixed = (hash ^ part) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 29
    }

    /// What the hashes of a column's values are multiplied with before those of a row are added up; odd, by its name.
    package static func multiplier(of name: ByteText) -> UInt64 {
        mixed(CategoryHash.value(of: name)) | 1
    }
}
