package import Alerting

/// Why the target of a webhook is not at hand; never with the secret or the address itself.
package enum WebhookTargetError: Error, Hashable, Sendable {
    /// A file cannot be read; the reason is that of the system.
    case unreadable(path: String, reason: String)
    /// A file holds no address that may be called.
    case address(path: String, WebhookURLError)
    /// The settings (nil) or a file hold no signing secret.
    case secret(path: String?, SigningKeyError)

    /// What is wrong, as a sentence without a full stop.
    package var reason: String {
        switch self {
        case .unreadable(let path, let reason): "the file \(path) cannot be read: \(reason)"
        case .address(let path, let error): "the address in \(path) \(error.reason)"
        case .secret(let path?, let error): "the signing secret in \(path) \(error.reason)"
        case .secret(nil, let error): "the signing secret \(error.reason)"
        }
    }
}
