internal import CZlib

/// Whole bodies in gzip (RFC 1952).
package enum Gzip {
    /// Decodes exactly one gzip member of at most `limit` decoded bytes.
    ///
    /// - Complexity: O(encoded + decoded bytes), and never more than `limit` bytes of output are made.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
        var inflater = try GzipInflater(limit: limit)
        inflater.append(bytes)
        var decoded: [UInt8] = []
        while let piece = try inflater.next() { decoded += piece }
        try inflater.finish()
        return decoded
    }

    /// Encodes bytes as one gzip member; levels run from 1, fast, to 9, small.
    package static func compress(_ bytes: [UInt8], level: Int32 = 6) throws(GzipError) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe driftline_deflate_init(&stream, min(max(level, 1), 9)) == Z_OK else {
            throw GzipError(.outOfMemory)
        }
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        let room = Int(unsafe deflateBound(&stream, UInt(bytes.count)))
        // zlib counts in 32 bits; a body that long never gets here.
        guard let available = UInt32(exactly: bytes.count), let space = UInt32(exactly: room) else {
            throw GzipError(.tooLarge)
        }
        var code = Z_OK
        let encoded = unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = available
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = space
                code = unsafe deflate(&stream, Z_FINISH)
                count = room - Int(unsafe stream.avail_out)
            }
        }
        guard code == Z_STREAM_END else { throw GzipError(.outOfMemory) }
        return encoded
    }
}
