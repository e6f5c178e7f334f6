/// The frame around summaries as bytes: version, kind, length, content, check value.
///
/// | bytes | what |
/// | --- | --- |
/// | 1 | version of the format, now 6; 1 to 5 are still read |
/// | 1 | kind |
/// | 4 | length of the content, little-endian |
/// | length | content |
/// | 8 | check value of everything before, little-endian |
///
/// Any change of a single byte, and any cut, is found for certain; other changes but for one in 2^64.
package enum SummaryCodec {
    /// The version that is written.
    package static let version: UInt8 = 6
    /// The oldest version that is still read; what it does not have gets its empty value.
    package static let oldestVersion: UInt8 = 1
    private static let headerLength = 6
    private static let checkLength = 8

    /// What a writer holds, framed.
    ///
    /// - Parameters:
    ///   - content: less than 4 GiB.
    ///   - kind: what it is; 32 and above for what is made of summaries.
    /// - Returns: the bytes that `opened` takes.
    package static func sealed(_ content: SummaryWriter, kind: UInt8) -> [UInt8] {
        precondition(content.bytes.count <= UInt32.max, "a summary is smaller than 4 GiB")
        var frame = SummaryWriter()
        frame.write(u8: version)
        frame.write(u8: kind)
        let length = UInt32(truncatingIfNeeded: content.bytes.count)
        for shift in stride(from: 0, to: 32, by: 8) { frame.write(u8: UInt8(truncatingIfNeeded: length >> shift)) }
        var bytes = frame.bytes
        bytes.reserveCapacity(headerLength + content.bytes.count + checkLength)
        bytes.append(contentsOf: content.bytes)
        var check = SummaryWriter()
        check.write(fixed: checksum(bytes, upTo: bytes.count, version: version))
        return bytes + check.bytes
    }

    /// Checks a frame and hands out its content.
    package static func opened(_ bytes: [UInt8], kind: UInt8) throws(CodecError) -> SummaryReader {
        guard let found = bytes.first else { throw .truncated }
        guard (oldestVersion...version).contains(found) else { throw .version(expected: version, found: found) }
        guard bytes.count >= headerLength + checkLength else { throw .truncated }
        let length = (0..<4).reduce(0) { $0 | Int(bytes[2 + $1]) << (8 * $1) }
        let excess = bytes.count - headerLength - checkLength - length
        guard excess >= 0 else { throw .truncated }
        guard excess == 0 else { throw .trailing(count: excess) }
        let end = headerLength + length
        let (expected, actual) = (SummaryReader.word(bytes.span, at: end), checksum(bytes, upTo: end, version: found))
        guard expected == actual else { throw .checksum(expected: expected, found: actual) }
        guard bytes[1] == kind else { throw .kind(expected: kind, found: bytes[1]) }
        return SummaryReader(bytes, in: headerLength..<end, version: found)
    }

    /// The check value of a version's frames.
    static func checksum(_ bytes: [UInt8], upTo end: Int, version: UInt8 = version) -> UInt64 {
        version >= 4 ? CheckValue.of(bytes.span.extracting(0..<end)) : wordwise(bytes, upTo: end)
    }

    /// Of versions 1 to 3: FNV-1a over words of eight bytes instead of bytes, which is eight times faster and finds every change within one.
    private static func wordwise(_ bytes: [UInt8], upTo end: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var position = 0
        let span = bytes.span
        while position &+ 8 <= end {
            hash = (hash ^ SummaryReader.word(span, at: position)) &* 0x100_0000_01B3
            hash ^= hash >> 29
            position &+= 8
        }
        while position < end {
            hash = (hash ^ UInt64(span[position])) &* 0x100_0000_01B3
            position &+= 1
        }
        return hash
    }
}
