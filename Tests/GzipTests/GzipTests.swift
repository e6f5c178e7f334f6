import Testing

@testable import Gzip

struct GzipTests {
    private static let text = Array(String(repeating: "a prediction and its label\n", count: 5000).utf8)

    @Test(arguments: [0, 1, 100, 65_535, 65_536, 65_537, 1_000_000], [1, 6, 9] as [Int32])
    func `what was encoded is decoded`(count: Int, level: Int32) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
        let encoded = try Gzip.compress(bytes, level: level)
        #expect(try Gzip.decompress(encoded, limit: count) == bytes)
    }

    @Test func `a stream of another tool is decoded`() throws {
        // printf hello | gzip -n
        let encoded: [UInt8] = [
            0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0, 0x86, 0xA6, 0x10, 0x36,
            0x05, 0, 0, 0,
        ]
        #expect(try Gzip.decompress(encoded, limit: 5) == Array("hello".utf8))
    }

    @Test func `one byte more than the limit is refused`() throws {
        let encoded = try Gzip.compress(Self.text)
        #expect(try Gzip.decompress(encoded, limit: Self.text.count) == Self.text)
        #expect(throws: GzipError(.tooLarge)) {
            try Gzip.decompress(encoded, limit: Self.text.count - 1)
        }
    }

    @Test func `a bomb is refused by what it has put out`() throws {
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: 200_000_000), level: 9)
        #expect(bomb.count < 300_000)
        var inflater = try GzipInflater(limit: 1_000_000)
        inflater.append(bomb)
        #expect(throws: GzipError(.tooLarge)) {
            while try inflater.next() != nil {}
        }
        #expect(inflater.decodedBytes == 1_000_001)
    }

    @Test(arguments: 0..<60)
    func `a cut stream is truncated wherever it is cut`(place: Int) throws {
        let encoded = try Gzip.compress(Self.text)
        let cut = encoded.count * place / 60
        #expect(throws: GzipError(.truncated)) { try Gzip.decompress(Array(encoded[..<cut]), limit: 1_000_000) }
    }

    @Test(arguments: 1...8)
    func `a wrong checksum or length is corrupt`(fromEnd: Int) throws {
        var encoded = try Gzip.compress(Self.text)
        encoded[encoded.count - fromEnd] ^= 0x40
        #expect(throws: GzipError(.corrupt)) { try Gzip.decompress(encoded, limit: 1_000_000) }
    }

    @Test func `a declared length is not believed`() throws {
        var encoded = try Gzip.compress(Self.text)
        encoded.replaceSubrange((encoded.count - 4)..., with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: GzipError(.corrupt)) { try Gzip.decompress(encoded, limit: 1_000_000) }
    }

    @Test func `junk and a second member are refused`() throws {
        let encoded = try Gzip.compress(Self.text)
        #expect(throws: GzipError(.trailingBytes)) { try Gzip.decompress(encoded + [0], limit: 1_000_000) }
        #expect(throws: GzipError(.trailingBytes)) { try Gzip.decompress(encoded + encoded, limit: 1_000_000) }
    }

    @Test(arguments: [
        "{\"plain\": 1}", "PK\u{3}\u{4}", "\u{1F}x", "",
    ])
    func `a plain body is no gzip`(body: String) throws {
        let expected = GzipError(body.isEmpty ? .truncated : .corrupt)
        #expect(throws: expected) { try Gzip.decompress(Array(body.utf8), limit: 1000) }
    }

    @Test func `zlib framing and raw deflate are no gzip`() throws {
        #expect(throws: GzipError(.corrupt)) { try Gzip.decompress([0x78, 0x9C, 0x03, 0, 0, 0, 0, 0x01], limit: 10) }
        #expect(throws: GzipError(.corrupt)) { try Gzip.decompress([0x03, 0x00], limit: 10) }
    }

    @Test(arguments: [1, 7, 1000], [1, 100, 65_536])
    func `pieces are the same however the bytes arrive`(chunk: Int, piece: Int) throws {
        let text = Array(Self.text[..<20_000])
        let encoded = try Gzip.compress(text)
        var inflater = try GzipInflater(limit: text.count, pieceBytes: piece)
        var decoded: [UInt8] = []
        for start in stride(from: 0, to: encoded.count, by: chunk) {
            inflater.append(Array(encoded[start..<min(start + chunk, encoded.count)]))
            while let piece = try inflater.next() { decoded += piece }
        }
        try inflater.finish()
        #expect(decoded == text)
    }

    @Test func `junk that arrives later is refused too`() throws {
        var inflater = try GzipInflater(limit: 1_000_000)
        inflater.append(try Gzip.compress(Self.text))
        while try inflater.next() != nil {}
        inflater.append([1, 2, 3])
        #expect(throws: GzipError(.trailingBytes)) { _ = try inflater.next() }
    }

    @Test(arguments: 0..<300)
    func `no damaged stream traps or passes for another`(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var encoded = try Gzip.compress(Array(Self.text[..<2000]))
        for _ in 0..<3 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            // The ten bytes of the header hold fields that carry no content, such as the time.
            encoded[10 + Int(state % UInt64(encoded.count - 10))] ^= UInt8(truncatingIfNeeded: state >> 40) | 1
        }
        do {
            let decoded = try Gzip.decompress(encoded, limit: 10_000)
            #expect(decoded == Array(Self.text[..<2000]))
        } catch {
            #expect(!error.description.isEmpty)
        }
    }
}
