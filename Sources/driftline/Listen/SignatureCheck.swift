import Alerting
import Integrations
import Monitoring

/// What the headers of a delivery say about who sent it.
enum SignatureCheck: Equatable {
    /// Signed with a key that we have, just now.
    case good
    /// No signature, though we have a key.
    case missing(String)
    /// A signature that is not to be believed.
    case wrong(String)
    /// We have no key to check with.
    case unchecked

    /// Checks a delivery against the keys that may have signed it; the signature is nil where a header is missing.
    init(_ signature: WebhookSignature?, body: [UInt8], keys: [SigningKey], now: Time) {
        guard !keys.isEmpty else {
            self = .unchecked
            return
        }
        guard let signature else {
            self = .missing("The header webhook-id, webhook-timestamp or webhook-signature is missing.")
            return
        }
        do {
            try signature.verify(body: body, keys: keys, now: now)
            self = .good
        } catch {
            if case .missing = error { self = .missing(error.reason) } else { self = .wrong(error.reason) }
        }
    }

    /// Whether the delivery may be acted upon.
    var isAccepted: Bool { self == .good || self == .unchecked }

    /// The result for people.
    var text: String {
        switch self {
        case .good: "signature ok"
        case .missing(let reason): "signature MISSING: \(reason)"
        case .wrong(let reason): "signature WRONG: \(reason)"
        case .unchecked: "signature not checked (no --secret)"
        }
    }
}
