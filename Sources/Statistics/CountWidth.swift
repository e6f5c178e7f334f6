/// How many bits each count of a column has.
enum CountWidth: Int, Sendable, Comparable {
    /// 16 bits.
    case short
    /// 32 bits.
    case narrow
    /// 64 bits.
    case wide

    /// The least width that has room for a magnitude.
    init(holding magnitude: UInt) {
        self = magnitude <= UInt(Int16.max) ? .short : magnitude <= UInt(Int32.max) ? .narrow : .wide
    }

    /// The largest magnitude for which there is room, on either side of zero.
    @inline(__always)
    var most: Int {
        switch self {
        case .short: Int(Int16.max)
        case .narrow: Int(Int32.max)
        case .wide: .max
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
