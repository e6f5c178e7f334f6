import Statistics
import Testing

struct CodecTests {
    @Test func `primitives can be read as they were written`() throws {
        var writer = SummaryWriter()
        let wide: [Int128] = [0, 1, -1, 255, 256, -65536, .max, .min, 1 << 100, -(1 << 77), 0xFF00, 1 << 126]
        let varints: [UInt64] = [0, 127, 128, 300, .max]
        let numbers = [0, -1, 63, -64, .max, .min]
        for value in wide { writer.write(int128: value) }
        for value in varints { writer.write(varint: value) }
        for value in numbers { writer.write(zigzag: value) }
        writer.write(double: -0.0)
        writer.write(fixed: 0x0102_0304_0506_0708)
        writer.write(text: "e\u{301}")
        writer.write(u8: 9)
        var reader = SummaryReader(writer.bytes)
        for value in wide { #expect(try reader.int128() == value) }
        for value in varints { #expect(try reader.varint() == value) }
        for value in numbers { #expect(try reader.zigzag() == value) }
        #expect(try reader.double().sign == .minus)
        #expect(try reader.fixed() == 0x0102_0304_0506_0708)
        #expect(try reader.text() == "e\u{301}")
        #expect(try reader.u8() == 9)
        try reader.finish()
        #expect(throws: CodecError.truncated) { try reader.u8() }
    }

    @Test(arguments: [
        [UInt8](repeating: 0xFF, count: 11), [0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ])
    func `a varint that never ends is refused`(bytes: [UInt8]) {
        var reader = SummaryReader(bytes)
        #expect(throws: CodecError.self) { try reader.varint() }
    }

    @Test(arguments: [[0xC8, 1, 2, 3, 4, 5, 6, 7, 8], [0x0F, 1], [0xFF, 0]] as [[UInt8]])
    func `a wide number that is too wide or cut off is refused`(bytes: [UInt8]) {
        var reader = SummaryReader(bytes)
        #expect(throws: CodecError.self) { try reader.int128() }
    }

    @Test func `a text that is not UTF-8 is refused`() {
        var reader = SummaryReader([2, 0xC3, 0x28])
        #expect(throws: CodecError.self) { try reader.text() }
    }

    @Test func `a claim of many elements needs their bytes`() {
        var reader = SummaryReader([0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 2, 3])
        #expect(throws: CodecError.truncated) { try reader.elementCount(bytesEach: 2) }
    }

    @Test func `another kind, another version and bytes behind the end are told apart`() {
        let bytes = Moments().encoded()
        #expect(throws: CodecError.kind(expected: SummaryKind.extremes.rawValue, found: SummaryKind.moments.rawValue)) {
            try Extremes(decoding: bytes)
        }
        for version: UInt8 in [0, SummaryCodec.version + 1] {
            #expect(throws: CodecError.version(expected: SummaryCodec.version, found: version)) {
                try Moments(decoding: [version] + bytes.dropFirst())
            }
        }
        #expect(throws: CodecError.trailing(count: 1)) { try Moments(decoding: bytes + [0]) }
        #expect(throws: CodecError.truncated) { try Moments(decoding: []) }
    }

    @Test(arguments: [Extremes(), Extremes(-3, 5), Extremes(0, 0), Extremes(-1e300, .leastNonzeroMagnitude)])
    func `extremes can be written and read`(extremes: Extremes) throws {
        #expect(try Extremes(decoding: extremes.encoded()) == extremes)
    }
}
