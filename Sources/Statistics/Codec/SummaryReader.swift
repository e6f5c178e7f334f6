/// Reads what `SummaryWriter` wrote. Whatever the bytes are, it throws rather than trap, and never makes room for more
/// elements than there are bytes.
package struct SummaryReader: Sendable {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// The version of the format that the bytes were written in, `SummaryCodec.oldestVersion` to `SummaryCodec.version`.
    ///
    /// A field that joined the format with a version is read only from that version on, and is empty before.
    package let version: UInt8

    /// Reads plain bytes, without a header.
    package init(_ bytes: [UInt8], version: UInt8 = SummaryCodec.version) {
        self.init(bytes, in: bytes.indices, version: version)
    }

    init(_ bytes: [UInt8], in range: Range<Int>, version: UInt8) {
        self.bytes = bytes
        self.version = version
        position = range.lowerBound
        end = range.upperBound
    }

    /// How many bytes are left.
    package var remaining: Int { end - position }

    /// One byte.
    package mutating func u8() throws(CodecError) -> UInt8 {
        guard position < end else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    /// So many bytes as they are.
    @inline(__always)
    mutating func read(_ length: Int, _ body: (Span<UInt8>) -> Void) throws(CodecError) {
        guard length >= 0, length <= remaining else { throw .truncated }
        let range = position..<position + length
        position += length
        body(bytes.span.extracting(range))
    }

    /// Passes over some bytes if they come next.
    package mutating func skip(_ expected: [UInt8]) -> Bool {
        guard expected.count <= remaining else { return false }
        for offset in 0..<expected.count where bytes[position &+ offset] != expected[offset] { return false }
        position += expected.count
        return true
    }

    /// An unsigned number, seven bits a byte.
    package mutating func varint() throws(CodecError) -> UInt64 {
        var byte = try u8()
        guard byte >= 0x80 else { return UInt64(byte) }
        var value = UInt64(byte & 0x7F)
        var shift: UInt64 = 7
        while true {
            byte = try u8()
            guard shift < 63 || byte <= 1 else { throw .invalid("a number of more than 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// A number of either sign.
    package mutating func zigzag() throws(CodecError) -> Int {
        let value = try varint()
        return Int(truncatingIfNeeded: value >> 1) ^ -Int(truncatingIfNeeded: value & 1)
    }

    /// A number from 0 to `limit`.
    package mutating func count(upTo limit: Int = .max) throws(CodecError) -> Int {
        let value = try varint()
        guard let count = Int(exactly: value), count <= limit else { throw .invalid("a count of \(value)") }
        return count
    }

    /// How many elements follow, each at least so many bytes long.
    package mutating func elementCount(bytesEach: Int = 1) throws(CodecError) -> Int {
        let count = try count()
        guard count <= remaining / max(bytesEach, 1) else { throw .truncated }
        return count
    }

    /// Eight bytes.
    package mutating func fixed() throws(CodecError) -> UInt64 {
        guard remaining >= 8 else { throw .truncated }
        defer { position += 8 }
        return SummaryReader.word(bytes.span, at: position)
    }

    /// A wide number of either sign.
    package mutating func int128() throws(CodecError) -> Int128 {
        let head = try u8()
        let (zeros, length) = head == 0xFF ? (0, 16) : (Int(head >> 4), Int(head & 0xF))
        guard zeros + length <= 16 else { throw .invalid("a number of more than 128 bits") }
        guard remaining >= length else { throw .truncated }
        var low: UInt64 = 0
        var high: UInt64 = 0
        for offset in 0..<min(length, 8) { low |= UInt64(bytes[position &+ offset]) &<< UInt64(8 &* offset) }
        if length > 8 {
            for offset in 8..<length { high |= UInt64(bytes[position &+ offset]) &<< UInt64(8 &* offset &- 64) }
        }
        position += length
        let value = (UInt128(high) &<< 64 | UInt128(low)) &<< UInt128(8 &* zeros)
        return Int128(bitPattern: value >> 1) ^ (0 &- Int128(bitPattern: value & 1))
    }

    /// A double of any bits.
    package mutating func double() throws(CodecError) -> Double {
        Double(bitPattern: try fixed())
    }

    /// A text.
    package mutating func text() throws(CodecError) -> ByteText {
        let length = try elementCount()
        defer { position += length }
        guard let string = String(validating: bytes[position..<position + length], as: UTF8.self) else {
            throw .invalid("a text that is not UTF-8")
        }
        return ByteText(string)
    }

    /// A summary or a part of one.
    package mutating func summary<Summary: SummaryCoding>(_: Summary.Type) throws(CodecError) -> Summary {
        try Summary(from: &self)
    }

    /// Makes sure that everything was read.
    package func finish() throws(CodecError) {
        guard remaining == 0 else { throw .trailing(count: remaining) }
    }

    /// The eight bytes from a position, the lowest first; written out so that it becomes one load.
    @inline(__always)
    static func word(_ bytes: Span<UInt8>, at position: Int) -> UInt64 {
        let eight = bytes.extracting(position..<position &+ 8)
        let low = UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
        let high = UInt64(eight[4]) | UInt64(eight[5]) << 8 | UInt64(eight[6]) << 16 | UInt64(eight[7]) << 24
        return low | high << 32
    }
}
