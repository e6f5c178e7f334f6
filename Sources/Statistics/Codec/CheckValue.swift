/// A check value of bytes, made in four chains side by side, because each step waits for the one before.
///
/// Each chain takes every fourth word of eight bytes and is FNV-1a over words with a fold. Every step and the end, where the
/// chains are put together, can be undone given the others, so that a change within one word is found for certain; other
/// changes but for one in 2^64.
enum CheckValue {
    private static let prime: UInt64 = 0x100_0000_01B3
    private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var (first, second, third, fourth) = (start, start &+ 1, start &+ 2, start &+ 3)
        var position = 0
        while position &+ 32 <= bytes.count {
            first = step(first, SummaryReader.word(bytes, at: position))
            second = step(second, SummaryReader.word(bytes, at: position &+ 8))
            third = step(third, SummaryReader.word(bytes, at: position &+ 16))
            fourth = step(fourth, SummaryReader.word(bytes, at: position &+ 24))
            position &+= 32
        }
        var hash = step(step(step(step(start, first), second), third), fourth)
        while position < bytes.count {
            hash = step(hash, UInt64(bytes[position]))
            position &+= 1
        }
        return hash
    }

    @inline(__always)
    private static func step(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* prime
        return product ^ product >> 29
    }
}
