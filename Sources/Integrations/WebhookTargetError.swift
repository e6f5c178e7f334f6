package import Alerting

/// Why the target of a delivery is not at hand; never with the secret or the address itself.
package enum WebhookTargetError: Error, Hashable, Sendable {
    /// A place cannot be read; the reason is that of the system.
    case unreadable(TextPlace, reason: String)
    /// A place holds no address that may be called.
    case address(TextPlace, WebhookURLError)
    /// The settings (nil) or a place hold no signing secret.
    case secret(TextPlace?, SigningKeyError)

    /// What is wrong, as a sentence without a full stop.
    package var reason: String {
        switch self {
        case .unreadable(let place, let reason): "\(place) cannot be read: \(reason)"
        case .address(let place, let error): "the address in \(place) \(error.reason)"
        case .secret(let place?, let error): "the signing secret in \(place) \(error.reason)"
        case .secret(nil, let error): "the signing secret \(error.reason)"
        }
    }
}
