package import Alerting
internal import Crypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension SigningKey {
    /// What receivers check signatures `v1a` with: `whpk_` and the base 64 of the public key; nil for a symmetric key.
    package var publicText: String? { publicBytes.map { Kind.public.rawValue + Base64.encoded($0) } }

    /// The ed25519 public key; nil for a symmetric key.
    var publicBytes: [UInt8]? {
        switch kind {
        case .symmetric: return nil
        case .public: return bytes
        case .secret:
            do {
                return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: bytes).publicKey.rawRepresentation)
            } catch {
                preconditionFailure("32 bytes are an ed25519 seed")
            }
        }
    }
}
