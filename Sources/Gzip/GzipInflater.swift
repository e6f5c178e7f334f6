internal import CZlib

/// Decodes one gzip member piece by piece, with a limit on what comes out.
///
/// ```swift
/// var inflater = try GzipInflater(limit: 1 << 30)
/// for chunk in chunks {
///     inflater.append(chunk)
///     while let piece = try inflater.next() { consume(piece) }
/// }
/// try inflater.finish()
/// ```
/// Only what was decoded is counted; what the stream says of its own length is not believed.
@safe
package struct GzipInflater: ~Copyable {
    /// Zlib keeps a pointer to its stream, so this must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let limit: Int
    private let pieceBytes: Int
    private var input: [UInt8] = []
    private var consumed = 0
    private var isWhole = false

    /// How many bytes were decoded so far.
    package private(set) var decodedBytes = 0

    /// A decoder that refuses the byte after `limit` and gives out pieces of at most `pieceBytes`.
    package init(limit: Int, pieceBytes: Int = 65_536) throws(GzipError) {
        self.limit = max(limit, 0)
        self.pieceBytes = max(pieceBytes, 1)
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // From here on `deinit` runs also where this throws.
        guard unsafe driftline_inflate_init(stream) == Z_OK else { throw GzipError(.outOfMemory) }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes encoded bytes, to be decoded by ``next()``.
    package mutating func append(_ bytes: [UInt8]) {
        if consumed == input.count {
            input = bytes
        } else {
            input.removeFirst(consumed)
            input += bytes
        }
        consumed = 0
    }

    /// The next decoded bytes, or nil when there are none without more encoded ones.
    package mutating func next() throws(GzipError) -> [UInt8]? {
        if isWhole {
            if consumed < input.count { throw GzipError(.trailingBytes) }
            return nil
        }
        while consumed < input.count {
            let (code, piece) = inflateOnce()
            decodedBytes += piece.count
            if decodedBytes > limit { throw GzipError(.tooLarge) }
            switch code {
            case Z_STREAM_END:
                isWhole = true
                if consumed < input.count { throw GzipError(.trailingBytes) }
            case Z_OK, Z_BUF_ERROR: break
            case Z_MEM_ERROR: throw GzipError(.outOfMemory)
            default: throw GzipError(.corrupt)
            }
            if !piece.isEmpty { return piece }
            if isWhole || code == Z_BUF_ERROR { return nil }
        }
        return try rest()
    }

    /// States that there are no more encoded bytes.
    package mutating func finish() throws(GzipError) {
        if !isWhole { throw GzipError(.truncated) }
    }

    /// What zlib still holds when all encoded bytes are taken and its last piece was full.
    private mutating func rest() throws(GzipError) -> [UInt8]? {
        let (code, piece) = inflateOnce()
        decodedBytes += piece.count
        if decodedBytes > limit { throw GzipError(.tooLarge) }
        if code == Z_STREAM_END { isWhole = true }
        if code == Z_DATA_ERROR || code == Z_NEED_DICT { throw GzipError(.corrupt) }
        return piece.isEmpty ? nil : piece
    }

    private mutating func inflateOnce() -> (code: Int32, piece: [UInt8]) {
        // One byte more than the limit allows is enough to know that it is passed.
        let room = min(pieceBytes, limit - min(decodedBytes, limit) + 1)
        let available = min(input.count - consumed, Int(UInt32.max))
        var code = Z_OK
        var left = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + consumed }
                unsafe stream.pointee.avail_in = UInt32(available)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(clamping: room)
                code = unsafe inflate(stream, Z_NO_FLUSH)
                left = Int(unsafe stream.pointee.avail_in)
                count = room - Int(unsafe stream.pointee.avail_out)
            }
        }
        consumed += available - left
        return (code, piece)
    }
}
