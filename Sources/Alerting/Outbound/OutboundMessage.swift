/// What leaves for another system: over HTTP, or as an e-mail.
package enum OutboundMessage: Hashable, Sendable {
    /// A request over HTTP.
    case http(OutboundRequest)
    /// An e-mail.
    case mail(OutboundMail)

    /// The request, where it is one over HTTP.
    package var http: OutboundRequest? {
        if case .http(let request) = self { request } else { nil }
    }
}

extension OutboundMessage: CustomStringConvertible {
    /// What it is, where to and how large, without content.
    package var description: String {
        switch self {
        case .http(let request): request.description
        case .mail(let mail): mail.description
        }
    }
}
