/// Why bytes are not a summary.
package enum CodecError: Error, Hashable, Sendable {
    /// There are fewer bytes than the content needs.
    case truncated
    /// The bytes start with another format or version.
    case version(expected: UInt8, found: UInt8)
    /// The bytes hold another kind of summary.
    case kind(expected: UInt8, found: UInt8)
    /// The check value does not belong to the bytes: some of them changed.
    case checksum(expected: UInt64, found: UInt64)
    /// There are bytes behind the end.
    case trailing(count: Int)
    /// A value that no writer writes.
    case invalid(String)
}

extension CodecError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "the summary ends too early; restore it or fold its rows again"
        case .version(let expected, let found): "expected summary format \(expected), found \(found)"
        case .kind(let expected, let found): "expected a summary of kind \(expected), found \(found)"
        case .checksum: "the summary's check value does not match; restore it or fold its rows again"
        case .trailing(let count): "the summary is followed by \(count) bytes that do not belong to it"
        case .invalid(let reason): "the summary is damaged: \(reason)"
        }
    }
}
