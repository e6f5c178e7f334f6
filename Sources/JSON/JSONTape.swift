/// A parsed document as it lies in its parser's memory; it lives no longer than the next parse.
@usableFromInline
struct JSONTape: ~Escapable {
    @usableFromInline let words: Span<UInt64>
    @usableFromInline let strings: Span<UInt8>

    @usableFromInline
    @_lifetime(copy words, copy strings)
    init(words: Span<UInt64>, strings: Span<UInt8>) {
        self.words = words
        self.strings = strings
    }

    @inlinable
    func tag(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: words[index] >> 56)
    }

    /// The place after the value at `index`.
    @inlinable
    func end(of index: Int) -> Int {
        index + TapeTag.width(of: words[index], at: index)
    }

    /// The text of the string at `index`.
    @inlinable
    @inline(__always)
    @_lifetime(copy self)
    func text(_ index: Int) -> Span<UInt8> {
        let start = Int(words[index] & TapeTag.payload)
        precondition(start + 4 <= strings.count, "a tape names strings of its own parser")
        let length = unsafe strings.withUnsafeBytes { bytes in
            Int(UInt32(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
        }
        return strings.extracting((start + 4)..<(start + 4 + length))
    }
}
