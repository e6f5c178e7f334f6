/// The kinds of words of a tape: the letters of simdjson's format, and two of our own.
///
/// A word holds the tag in its highest byte and 56 bits of payload. Numbers fill a second word.
@usableFromInline
enum TapeTag {
    @usableFromInline static let root = UInt8(ascii: "r")
    /// Payload: in the low 32 bits the place after the container, above them its size in 24 bits.
    @usableFromInline static let object = UInt8(ascii: "{")
    @usableFromInline static let objectEnd = UInt8(ascii: "}")
    @usableFromInline static let array = UInt8(ascii: "[")
    @usableFromInline static let arrayEnd = UInt8(ascii: "]")
    /// Payload: the place in the string buffer, where a length in 4 bytes comes before the text.
    @usableFromInline static let string = UInt8(ascii: "\"")
    @usableFromInline static let integer = UInt8(ascii: "l")
    @usableFromInline static let unsigned = UInt8(ascii: "u")
    @usableFromInline static let double = UInt8(ascii: "d")
    @usableFromInline static let yes = UInt8(ascii: "t")
    @usableFromInline static let no = UInt8(ascii: "f")
    @usableFromInline static let null = UInt8(ascii: "n")
    /// Ours: an integer beyond 64 bits, rounded to the double in the second word.
    @usableFromInline static let bigInteger = UInt8(ascii: "b")
    /// Ours: a number outside the range of a double.
    @usableFromInline static let huge = UInt8(ascii: "x")

    /// The 56 bits below the tag.
    @usableFromInline static let payload: UInt64 = 0x00FF_FFFF_FFFF_FFFF

    /// How many words the value at a place takes, containers with everything in them.
    @inlinable
    @inline(__always)
    static func width(of word: UInt64, at index: Int) -> Int {
        switch UInt8(truncatingIfNeeded: word >> 56) {
        case object, array: Int(word & 0xFFFF_FFFF) - index
        case integer, unsigned, double, bigInteger, huge: 2
        default: 1
        }
    }
}
