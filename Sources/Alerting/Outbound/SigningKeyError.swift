/// Why a text is no signing secret; never with any part of the text.
package enum SigningKeyError: Error, Hashable, Sendable {
    /// There is nothing in it.
    case empty
    /// It is longer than any number of keys could be.
    case tooLong
    /// There are more keys than may be in force at once.
    case tooMany
    /// It does not start with `whsec_` or `whsk_`.
    case noPrefix
    /// What follows the prefix is not base 64.
    case notBase64
    /// The key has another number of bytes than its kind.
    case length(SigningKey.Kind)
    /// It is a public key, which cannot sign.
    case publicKey

    /// What is wrong and what to write instead, as the end of a sentence that starts with "the signing secret".
    package var reason: String {
        switch self {
        case .empty: "is empty; write whsec_ and the base 64 of 24 to 64 random bytes"
        case .tooLong: "is longer than 4096 bytes"
        case .tooMany: "holds more than \(SigningKey.mostKeys) secrets"
        case .noPrefix: "does not start with whsec_ or whsk_"
        case .notBase64: "has something else than base 64 after its prefix"
        case .length(.symmetric): "has a key that is not 24 to 64 bytes long"
        case .length(.secret): "has a key that is neither the 32 bytes of an ed25519 seed nor seed and public key"
        case .length(.public): "has a public key that is not 32 bytes long"
        case .publicKey: "is a public key (whpk_), which cannot sign; write the whsk_ of its secret"
        }
    }
}
