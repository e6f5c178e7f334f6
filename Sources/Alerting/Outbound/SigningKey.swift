/// The key of a Standard Webhooks secret: the bytes behind `whsec_`, `whsk_` or `whpk_`.
///
/// `whsec_` is the base 64 of 24 to 64 random bytes, known to both sides (signatures `v1`). `whsk_` is the base 64 of an ed25519 seed
/// of 32 bytes, or of seed and public key together, and stays here; the receiver checks its signatures `v1a` with the `whpk_` of the
/// public key. While a secret is being changed there are several: the new one first, the old one after it, parted by white space;
/// messages then carry a signature of each.
package struct SigningKey: Hashable, Sendable {
    /// What a key is for.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Signs and verifies with HMAC-SHA256.
        case symmetric = "whsec_"
        /// Signs with ed25519.
        case secret = "whsk_"
        /// Verifies with ed25519, and cannot sign.
        case `public` = "whpk_"

        /// How many bytes a key may have.
        package var lengths: [Int] {
            switch self {
            case .symmetric: Array(24...64)
            case .secret: [32, 64]
            case .public: [32]
            }
        }
    }

    /// What the key is for.
    package let kind: Kind
    /// The key's bytes: of an ed25519 secret the seed alone.
    package let bytes: [UInt8]

    /// How many keys may be in force at once.
    package static let mostKeys = 8

    /// The keys of a secret to sign with, in the order in which they were written.
    package static func keys(in secret: Secret) throws(SigningKeyError) -> [Self] {
        let keys = try verificationKeys(in: secret)
        guard !keys.contains(where: { $0.kind == .public }) else { throw .publicKey }
        return keys
    }

    /// The keys to verify with, public ones among them.
    package static func verificationKeys(in secret: Secret) throws(SigningKeyError) -> [Self] {
        guard secret.revealed.utf8.count <= 4096 else { throw .tooLong }
        let words = secret.revealed.split { $0.isWhitespace }
        guard !words.isEmpty else { throw .empty }
        guard words.count <= mostKeys else { throw .tooMany }
        var keys: [Self] = []
        for word in words { keys.append(try Self(word)) }
        return keys
    }

    private init(_ text: Substring) throws(SigningKeyError) {
        guard let kind = Kind.allCases.first(where: { text.utf8.starts(with: $0.rawValue.utf8) }) else {
            throw .noPrefix
        }
        guard let bytes = Base64.decoded(text.dropFirst(kind.rawValue.count)) else { throw .notBase64 }
        guard kind.lengths.contains(bytes.count) else { throw .length(kind) }
        self.kind = kind
        self.bytes = kind == .secret ? Array(bytes.prefix(32)) : bytes
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
