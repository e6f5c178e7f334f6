/// Why an address may not be called; the text continues "the address ...".
package enum WebhookURLError: Error, Hashable, Sendable {
    /// The scheme is not `http` or `https`.
    case scheme(String)
    /// The spelling is not that of a plain web address.
    case syntax(String)
    /// The port is impossible or belongs to another kind of service.
    case port(String)

    /// What is wrong, as the end of a sentence that starts with "the address".
    package var reason: String {
        switch self {
        case .scheme(let reason), .syntax(let reason), .port(let reason): reason
        }
    }
}
