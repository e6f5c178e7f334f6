package import Alerting
package import Monitoring

/// A way to tell people: our value to another system's message, its answer to our outcome.
///
/// Bodies are made once, when a delivery is made (``ChannelRegistry/content(of:for:id:createdAt:identity:)``); messages at every
/// attempt.
package protocol Channel: Sendable {
    /// The message that carries a delivery at an attempt's wall-clock time.
    func message(for delivery: Delivery, at time: Time) -> OutboundMessage

    /// What an answer means for the delivery.
    func outcome(of response: OutboundResponse) -> DeliveryOutcome
}

extension Channel {
    /// What the status of an answer over HTTP means.
    package func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
