package import Monitoring

/// Identifiers that sort by the time at which they were made: 48 bits of milliseconds, 80 random bits, in 26 characters.
///
/// The text is Crockford's base 32 in upper case, as in the ULID specification; it has neither dots nor anything to escape.
package enum ULID {
    /// The identifier of a time and of random bits, of which 80 are used: 16 of `high`, all of `low`.
    package static func text(time: Time, high: UInt64, low: UInt64) -> String {
        let milliseconds = UInt64(max(time.microseconds, 0) / 1000) & 0xFFFF_FFFF_FFFF
        let top = milliseconds << 16 | high & 0xFFFF
        var bytes: [UInt8] = []
        for position in stride(from: 125, through: 0, by: -5) {
            bytes.append(alphabet[Int(truncatingIfNeeded: bits(at: position, top: top, low: low))])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Five bits of the 128-bit number, counted from its low end.
    private static func bits(at position: Int, top: UInt64, low: UInt64) -> UInt64 {
        let number = UInt128(top) << 64 | UInt128(low)
        return UInt64(truncatingIfNeeded: number >> UInt128(position)) & 31
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}
