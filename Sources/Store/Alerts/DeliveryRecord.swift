package import Alerting
package import Monitoring

/// A delivery that this process may attempt until the lease ends.
package struct ClaimedDelivery: Sendable {
    package let delivery: Delivery
    package let model: Int32
    /// How often it was attempted, this time included.
    package let attempt: Int32
}

/// A delivery with what became of it so far, for people to look at.
package struct DeliveryRecord: Sendable {
    package let delivery: Delivery
    package let model: Int32
    package let state: String
    package let attempts: Int32
    package let nextAt: Time
    package let lastStatus: Int32?
    package let lastError: String?
    package let settledAt: Time?
}

/// One attempt at a delivery.
package struct DeliveryAttempt: Sendable {
    package let delivery: String
    package let attempt: Int32
    package let at: Time
    package let status: Int32?
    package let error: String?
    package let excerpt: String?

    package init(delivery: String, attempt: Int32, at: Time, status: Int32?, error: String?, excerpt: String?) {
        self.delivery = delivery
        self.attempt = attempt
        self.at = at
        self.status = status
        self.error = error
        self.excerpt = excerpt
    }
}
