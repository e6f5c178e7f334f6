/// Why a text is no signing secret; never with any part of the text.
package enum SigningKeyError: Error, Hashable, Sendable {
    /// There is nothing in it.
    case empty
    /// It is longer than any number of keys could be.
    case tooLong
    /// There are more keys than may be in force at once.
    case tooMany
    /// It does not start with `whsec_`.
    case noPrefix
    /// What follows the prefix is not base 64.
    case notBase64
    /// The key has fewer than 24 or more than 64 bytes.
    case length

    /// What is wrong and what to write instead, as the end of a sentence that starts with "the signing secret".
    package var reason: String {
        switch self {
        case .empty: "is empty; write whsec_ and the base 64 of 24 to 64 random bytes"
        case .tooLong: "is longer than 4096 bytes"
        case .tooMany: "holds more than \(SigningKey.mostKeys) secrets"
        case .noPrefix: "does not start with whsec_"
        case .notBase64: "has something else than base 64 after whsec_"
        case .length: "has a key that is not 24 to 64 bytes long"
        }
    }
}
