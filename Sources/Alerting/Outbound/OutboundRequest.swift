package import Monitoring

/// What leaves for another system, as a value: method, address, headers and body.
package struct OutboundRequest: Hashable, Sendable {
    /// The method, such as `POST`.
    package let method: String
    /// Whom to call.
    package let url: WebhookURL
    /// The headers in the order in which they are sent.
    package let headers: [OutboundHeader]
    /// The body's bytes.
    package let body: [UInt8]
    /// How long the whole exchange may take.
    package let timeout: PrometheusDuration
    /// How the server is recognised.
    package let security: OutboundSecurity
    /// The proxy to go through, where there is one.
    package let proxy: WebhookURL?

    /// A request with all its parts.
    package init(
        method: String, url: WebhookURL, headers: [OutboundHeader], body: [UInt8], timeout: PrometheusDuration,
        security: OutboundSecurity = .standard, proxy: WebhookURL? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.security = security
        self.proxy = proxy
    }

    /// The value of a header by its name, letter case aside.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension OutboundRequest: CustomStringConvertible {
    /// Method, host and size, without path, header values and body.
    package var description: String { "\(method) \(url) (\(body.count) bytes)" }
}
