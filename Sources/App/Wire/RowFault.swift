import Monitoring

/// Why a row cannot be taken, before it is known which row it is.
struct RowFault: Error, Hashable {
    /// A JSON pointer relative to the row.
    let pointer: String

    /// What is wrong and what to send instead; never the value.
    let detail: String

    init(_ pointer: String, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// A text with U+0000 or one that is no UTF-8.
    static func unstorable(_ pointer: String) -> RowFault {
        RowFault(pointer, "the text holds U+0000 or is not UTF-8, and cannot be stored")
    }

    /// A pointer to a member whose name came from outside, shortened where it is very long.
    static func pointer(_ parent: String, _ name: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        for place in 0..<min(name.count, 256) { bytes.append(name[place]) }
        return "\(parent)/\(SchemaMistake.token(String(decoding: bytes, as: UTF8.self)))"
    }
}
