/// Why bytes are not a JSON document that we take, and where.
package struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    package let kind: Kind

    /// The place of the first byte at fault, from 0; the number of bytes where the document ends too early.
    package let offset: Int

    /// An error at a byte offset.
    package init(_ kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The closed list of reasons.
    package enum Kind: String, CaseIterable, Sendable {
        /// Not the grammar of RFC 8259, or something after the document.
        case syntax

        /// The document ends before it is whole; also an empty one.
        case truncated

        /// Not UTF-8: invalid bytes, a byte order mark, UTF-16 or UTF-32, half of a surrogate pair.
        case encoding

        /// A key that its object has already, however it is escaped.
        case duplicateKey

        /// More containers inside one another than allowed.
        case depth

        /// More keys in one object than allowed.
        case tooManyKeys

        /// A string or key longer than allowed.
        case tooLongString

        /// A number outside the range of a double.
        case number

        /// A document of 4 GiB or more, or no memory for it.
        case tooLarge
    }
}

extension JSONError: CustomStringConvertible {
    /// What is wrong, with the byte offset; never a part of the document.
    package var description: String { "\(reason) (byte \(offset))" }

    private var reason: String {
        switch kind {
        case .syntax: "not valid JSON"
        case .truncated: "the JSON ends before it is whole"
        case .encoding: "not valid UTF-8: send UTF-8 without a byte order mark, and surrogates in pairs"
        case .duplicateKey: "a key occurs twice in one object"
        case .depth: "too many containers inside one another"
        case .tooManyKeys: "too many keys in one object"
        case .tooLongString: "a string is too long"
        case .number: "a number is outside the range of a double"
        case .tooLarge: "the document is too large"
        }
    }
}
