/// Text whose identity is its UTF-8 bytes, as in PostgreSQL.
///
/// Swift's `String` calls two spellings of one character equal (`é` as one scalar or as two); a category, a class label
/// or a prediction id must not be merged like that, nor depend on who compares it. Equality, order and hash are those
/// of the bytes. Order is that of unsigned bytes, so that it is the same in every process and in `COLLATE "C"`.
package struct ByteText: Hashable, Comparable, Sendable {
    /// The text itself; never compare it with `==`.
    package let string: String

    /// Keeps a text; its bytes are not changed.
    package init(_ string: String) {
        self.string = string
    }

    /// The bytes that are the identity of this text.
    package var utf8: String.UTF8View { string.utf8 }

    package static func == (left: ByteText, right: ByteText) -> Bool {
        let (mine, theirs) = (left.string.utf8, right.string.utf8)
        guard mine.count == theirs.count else { return false }
        let (first, second) = (mine.span, theirs.span)
        for index in first.indices where first[index] != second[index] { return false }
        return true
    }

    package static func < (left: ByteText, right: ByteText) -> Bool {
        let (mine, theirs) = (left.string.utf8, right.string.utf8)
        let (first, second) = (mine.span, theirs.span)
        for index in 0..<min(first.count, second.count) where first[index] != second[index] {
            return first[index] < second[index]
        }
        return first.count < second.count
    }

    /// Feeds the bytes to the hasher, eight at a time.
    package func hash(into hasher: inout Hasher) {
        let view = string.utf8
        let bytes = view.span
        hasher.combine(bytes.count)
        var word: UInt64 = 0
        for index in bytes.indices {
            word = word << 8 | UInt64(bytes[index])
            guard index & 7 == 7 else { continue }
            hasher.combine(word)
            word = 0
        }
        hasher.combine(word)
    }
}

extension ByteText: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

extension ByteText: CustomStringConvertible {
    package var description: String { string }
}
