/// The key of a Standard Webhooks secret: the bytes behind `whsec_`.
///
/// A secret is `whsec_` and the base 64 of 24 to 64 random bytes. While it is being changed there are two: the new one first,
/// the old one after it, parted by white space; messages then carry a signature of each.
package struct SigningKey: Hashable, Sendable {
    /// The bytes that messages are signed with.
    package let bytes: [UInt8]

    /// How many bytes a key may have.
    package static let lengths = 24...64

    /// How many keys may be in force at once.
    package static let mostKeys = 8

    /// The keys of a secret, in the order in which they were written.
    package static func keys(in secret: Secret) throws(SigningKeyError) -> [Self] {
        guard secret.revealed.utf8.count <= 4096 else { throw .tooLong }
        let words = secret.revealed.split { $0.isWhitespace }
        guard !words.isEmpty else { throw .empty }
        guard words.count <= mostKeys else { throw .tooMany }
        var keys: [Self] = []
        for word in words { keys.append(try Self(word)) }
        return keys
    }

    private init(_ text: Substring) throws(SigningKeyError) {
        let prefix = "whsec_"
        guard text.utf8.starts(with: prefix.utf8) else { throw .noPrefix }
        guard let bytes = Base64.decoded(text.dropFirst(prefix.count)) else { throw .notBase64 }
        guard Self.lengths.contains(bytes.count) else { throw .length }
        self.bytes = bytes
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<signing key>`, whatever its bytes are.
    package var description: String { "<signing key>" }

    /// `<signing key>`, whatever its bytes are.
    package var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
