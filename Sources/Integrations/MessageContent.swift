package import Alerting

/// What is stored of a message until it is sent: its body, and the headers that belong to it.
package struct MessageContent: Hashable, Sendable {
    /// The body.
    package let body: [UInt8]
    /// The headers, in order.
    package let headers: [OutboundHeader]

    /// A body with its headers.
    package init(body: [UInt8], headers: [OutboundHeader] = []) {
        self.body = body
        self.headers = headers
    }
}
