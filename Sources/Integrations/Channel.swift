package import Alerting
package import Monitoring

/// A way to tell people: our value to another system's request, its answer to our outcome.
///
/// Bodies are made once, when a delivery is made (``ChannelRegistry/body(of:for:identity:)``); requests at every attempt.
package protocol Channel: Sendable {
    /// The request that carries a delivery at an attempt's wall-clock time.
    func request(for delivery: Delivery, at time: Time) -> OutboundRequest

    /// What an answer means for the delivery.
    func outcome(of response: OutboundResponse) -> DeliveryOutcome
}
