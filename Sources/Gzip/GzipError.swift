/// Why bytes are not one whole gzip member within the limit.
package struct GzipError: Error, Hashable, Sendable {
    /// What is wrong.
    package let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// The closed list of reasons.
    package enum Kind: String, CaseIterable, Sendable {
        /// No gzip header, a broken stream, or a checksum or length that does not fit what was decoded.
        case corrupt

        /// The stream ends before its checksum; also an empty one.
        case truncated

        /// Bytes after the member: junk or another member.
        case trailingBytes

        /// More decoded bytes than allowed.
        case tooLarge

        /// No memory for zlib's own state.
        case outOfMemory
    }
}

extension GzipError: CustomStringConvertible {
    /// What is wrong and what to send instead.
    package var description: String {
        switch kind {
        case .corrupt: "not a valid gzip stream"
        case .truncated: "the gzip stream ends before it is whole"
        case .trailingBytes: "bytes after the gzip stream: send exactly one member"
        case .tooLarge: "more decoded bytes than allowed"
        case .outOfMemory: "no memory to decode gzip"
        }
    }
}
