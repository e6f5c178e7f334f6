/// An `http` or `https` address that may be called, in one spelling.
///
/// Scheme and host are in lower case, the host without a dot at its end. An address often holds a token, so that its
/// description shows no more than scheme, host and port.
package struct WebhookURL: Hashable, Sendable {
    /// `http` or `https`.
    package let scheme: String

    /// The host in lower case: a name, four decimal numbers, or an IPv6 address without its brackets.
    package let host: String

    /// The port, where one was written.
    package let port: Int?

    /// Path and query as they were written; starts with `/`.
    package let target: String

    /// The whole address, for sending only.
    package var revealed: String { origin + target }

    private var origin: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(scheme)://\(name)" + (port.map { ":\($0)" } ?? "")
    }

    init(scheme: String, host: String, port: Int?, target: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
    }
}

extension WebhookURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Scheme, host and port, without path and query.
    package var description: String { origin + "/..." }

    /// Scheme, host and port, without path and query.
    package var debugDescription: String { description }

    /// A mirror that shows no more than the description.
    package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}
