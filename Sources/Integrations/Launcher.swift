package import Alerting
package import Monitoring

/// A way to start a retraining: our value to another system's request, its answer to our outcome.
///
/// Bodies are made once, when a delivery is made; requests at every attempt.
package protocol Launcher: Sendable {
    /// The body of a request for a new model.
    static func body(of request: RetrainingRequest) -> [UInt8]

    /// The request that carries a delivery at an attempt's wall-clock time.
    func request(for delivery: Delivery, at time: Time) -> OutboundRequest

    /// What an answer means for the delivery.
    func outcome(of response: OutboundResponse) -> DeliveryOutcome
}
