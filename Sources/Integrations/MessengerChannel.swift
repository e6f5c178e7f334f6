internal import Alerting
internal import Monitoring

/// A channel of a messenger, in its dialect.
struct MessengerChannel: Channel {
    let dialect: any MessengerDialect.Type
    let target: MessengerTarget
    let identity: SenderIdentity

    func message(for delivery: Delivery, at time: Time) -> OutboundMessage {
        .http(dialect.request(delivery.payload, for: delivery, to: target, identity: identity))
    }
}
