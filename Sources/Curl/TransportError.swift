/// Why a request has no answer. It names the host alone: paths and queries may hold secrets.
package struct TransportError: Error, Hashable, Sendable {
    /// What failed.
    package let kind: Kind

    /// The host of the request; empty where the URL has none.
    package let host: String

    /// What exactly, in words of ours or of libcurl.
    package let detail: String

    init(_ kind: Kind, host: String, detail: String) {
        self.kind = kind
        self.host = host
        self.detail = detail
    }

    /// The closed list of failures.
    package enum Kind: String, CaseIterable, Sendable {
        /// The name has no address.
        case resolve

        /// No connection to any address.
        case connect

        /// No secure connection, such as for a certificate that is not trusted.
        case tls

        /// The time for connecting or for the whole ran out.
        case timeout

        /// More header bytes than we take.
        case tooLarge

        /// An address that the policy refuses; nothing was sent.
        case addressRefused

        /// A URL that we do not call.
        case badURL

        /// A method or header that cannot be sent.
        case badRequest

        /// The connection ended before the answer was whole, or what came was no HTTP.
        case broken

        /// The caller's task was cancelled.
        case cancelled

        /// The sender is closed.
        case closed

        /// No memory, thread or socket.
        case resources
    }
}

extension TransportError: CustomStringConvertible {
    /// The host and what failed.
    package var description: String { host.isEmpty ? detail : "\(host): \(detail)" }
}
