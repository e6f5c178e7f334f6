package import Alerting
internal import Crypto
package import Monitoring

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The three headers of Standard Webhooks 1.0, with signatures of both kinds.
///
/// `v1` is HMAC-SHA256 over `{id}.{timestamp}.{body}`, with the decoded bytes of the secret as key; `v1a` is ed25519 over the same.
/// While a secret is being changed there is one signature for each key.
package struct WebhookSignature: Hashable, Sendable {
    /// `webhook-id`: the same at every attempt.
    package let id: String
    /// `webhook-timestamp`: the time of the attempt in whole seconds since 1970.
    package let timestamp: String
    /// `webhook-signature`: one `v1,...` or `v1a,...` for each key, parted by spaces; nil without a key.
    package let signature: String?

    /// How far a timestamp may be from the verifier's clock, to both sides.
    package static let tolerance = PrometheusDuration(microseconds: 300_000_000)

    /// Signs a body for an attempt at a time.
    package init(id: String, at time: Time, body: [UInt8], keys: [SigningKey]) {
        let seconds = time.floor(toMultipleOf: PrometheusDuration(microseconds: 1_000_000)).microseconds / 1_000_000
        self.id = id
        timestamp = "\(seconds)"
        let content = Self.content(id: id, timestamp: timestamp, body: body)
        let signatures = keys.compactMap { Self.signature(of: content, $0) }
        signature = signatures.isEmpty ? nil : signatures.joined(separator: " ")
    }

    /// The signature as it came with a message.
    package init(id: String, timestamp: String, signature: String?) {
        self.id = id
        self.timestamp = timestamp
        self.signature = signature
    }

    /// The headers in lower case, without `webhook-signature` where nothing was signed.
    package var headers: [OutboundHeader] {
        [OutboundHeader("webhook-id", id), OutboundHeader("webhook-timestamp", timestamp)]
            + (signature.map { [OutboundHeader("webhook-signature", $0)] } ?? [])
    }

    /// Checks that one of the signatures belongs to one of the keys and that the timestamp is near `now`.
    ///
    /// Comparisons take the same time wherever the texts differ.
    package func verify(
        body: [UInt8], keys: [SigningKey], now: Time, tolerance: PrometheusDuration = Self.tolerance
    ) throws(WebhookSignatureError) {
        guard !id.isEmpty else { throw .missing("webhook-id") }
        guard let signature else { throw .missing("webhook-signature") }
        try verifyTimestamp(now: now, tolerance: tolerance)
        let content = Self.content(id: id, timestamp: timestamp, body: body)
        for candidate in signature.split(separator: " ").prefix(Self.mostSignatures) {
            let parts = candidate.split(separator: ",", maxSplits: 1)
            guard parts.count == 2, let code = Base64.decoded(parts[1]) else { continue }
            for key in keys where Self.isSignature(code, version: parts[0], of: content, key) { return }
        }
        throw .wrongSignature
    }

    /// How many signatures of one message are looked at, so that a hostile header costs little.
    private static let mostSignatures = 16

    private func verifyTimestamp(now: Time, tolerance: PrometheusDuration) throws(WebhookSignatureError) {
        let isDecimal = timestamp.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isDecimal, timestamp.utf8.count <= 12, let seconds = Int64(timestamp) else {
            throw .missing("webhook-timestamp")
        }
        let sent = Time(microseconds: seconds * 1_000_000)
        if sent < now - tolerance { throw .tooOld }
        if sent > now + tolerance { throw .tooNew }
    }

    private static func content(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }

    private static func signature(of content: [UInt8], _ key: SigningKey) -> String? {
        switch key.kind {
        case .symmetric:
            let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key.bytes))
            return "v1," + Base64.encoded(code)
        case .secret:
            do {
                let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: key.bytes)
                return "v1a," + Base64.encoded(try secret.signature(for: content))
            } catch {
                preconditionFailure("32 bytes are an ed25519 seed, and a seed signs anything")
            }
        case .public: return nil
        }
    }

    private static func isSignature(
        _ code: [UInt8], version: Substring, of content: [UInt8], _ key: SigningKey
    ) -> Bool {
        switch key.kind {
        case .symmetric:
            version == "v1"
                && HMAC<SHA256>.isValidAuthenticationCode(
                    code, authenticating: content, using: SymmetricKey(data: key.bytes))
        case .secret, .public:
            version == "v1a" && (key.publicBytes.map { Self.isSignature(code, of: content, $0) } ?? false)
        }
    }

    private static func isSignature(_ code: [UInt8], of content: [UInt8], _ key: [UInt8]) -> Bool {
        do {
            return try Curve25519.Signing.PublicKey(rawRepresentation: key).isValidSignature(code, for: content)
        } catch {
            return false
        }
    }
}
