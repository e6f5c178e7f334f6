internal import Alerting

/// How a messenger wants to be told, and where its secret goes: all that differs from one to the next.
///
/// A new messenger is one of these, a case of `Messenger`, and a line in ``ChannelRegistry``.
protocol MessengerDialect: Sendable {
    /// The body of a message. It is stored, so that no secret may be in it.
    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8]

    /// The request of a stored body.
    static func request(
        _ body: [UInt8], for delivery: Delivery, to target: MessengerTarget, identity: SenderIdentity
    ) -> OutboundRequest
}

extension MessengerDialect {
    static func request(
        _ body: [UInt8], for delivery: Delivery, to target: MessengerTarget, identity: SenderIdentity
    ) -> OutboundRequest {
        target.post(body, for: delivery, identity: identity)
    }
}
