package import Monitoring

/// What another system answered, as a value.
package struct OutboundResponse: Hashable, Sendable {
    /// The status code.
    package let status: Int
    /// The `Retry-After` header as it came, where there was one.
    package let retryAfter: String?
    /// The start of the body, as far as it was read.
    package let body: [UInt8]
    /// The wall-clock time at which the answer came.
    package let receivedAt: Time

    /// An answer with all its parts.
    package init(status: Int, retryAfter: String? = nil, body: [UInt8] = [], receivedAt: Time) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
        self.receivedAt = receivedAt
    }
}
