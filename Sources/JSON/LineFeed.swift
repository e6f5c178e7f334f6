#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The ends of the lines of newline-delimited JSON.
package enum LineFeed {
    /// The place of the first line feed at or after `start`.
    ///
    /// - Complexity: O(distance), at the speed of the C library.
    package static func first(in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start >= 0, start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return nil }
            guard let found = unsafe memchr(base + start, 0x0A, buffer.count - start) else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
