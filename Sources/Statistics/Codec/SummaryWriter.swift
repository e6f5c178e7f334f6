/// Writes summaries and their parts as bytes, little-endian.
package struct SummaryWriter: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// One byte.
    package mutating func write(u8 value: UInt8) {
        bytes.append(value)
    }

    /// An unsigned number, seven bits a byte, the lowest first; at most ten bytes.
    package mutating func write(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number of either sign as a varint, small for small magnitudes.
    package mutating func write(zigzag value: Int) {
        let wide = Int64(value)
        write(varint: UInt64(bitPattern: wide << 1 ^ wide >> 63))
    }

    /// Eight bytes.
    package mutating func write(fixed value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// The lowest bytes of a word, the lowest first.
    mutating func write(low value: UInt64, bytes count: Int) {
        var rest = value
        for _ in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// A wide number of either sign: how many zero bytes it ends with and how many others follow, then these.
    package mutating func write(int128 value: Int128) {
        let zigzag = UInt128(bitPattern: value << 1 ^ value >> 127)
        let zeros = zigzag == 0 ? 0 : zigzag.trailingZeroBitCount / 8
        let length = (128 - zigzag.leadingZeroBitCount + 7) / 8 - (zigzag == 0 ? 0 : zeros)
        // A full 16 bytes have no zero byte at the end, and are marked by a pair that cannot occur.
        bytes.append(length == 16 ? 0xFF : UInt8(truncatingIfNeeded: zeros << 4 | length))
        let rest = zigzag >> UInt128(8 * zeros)
        var (low, high) = (UInt64(truncatingIfNeeded: rest), UInt64(truncatingIfNeeded: rest >> 64))
        for _ in 0..<length {
            bytes.append(UInt8(truncatingIfNeeded: low))
            low = low >> 8 | high << 56
            high >>= 8
        }
    }

    /// A double by its bits, eight bytes.
    package mutating func write(double value: Double) {
        write(fixed: value.bitPattern)
    }

    /// A text: its number of bytes, then these.
    package mutating func write(text: ByteText) {
        write(varint: UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// A summary or a part of one.
    package mutating func write(_ summary: some SummaryCoding) {
        summary.write(to: &self)
    }
}
