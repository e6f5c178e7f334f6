package import Monitoring

/// A message on its way: the bytes to send, made once, and the place of the message in its stream.
///
/// Deliveries of one stream are sent in the order of their sequence numbers, so that nothing is resolved before it fired.
package struct Delivery: Hashable, Sendable {
    /// `msg_` and a ULID; the same at every attempt, so that the receiver can tell a repeat.
    package let id: String
    /// What it carries.
    package let kind: DeliveryKind
    /// Who is to get it: a channel of a receiver, or the launcher of a policy.
    package let destination: Destination
    /// What must stay in order among itself: the key of a group of alerts, or a retraining policy and model.
    package let stream: String
    /// The place in the stream, rising.
    package let sequence: Int64
    /// The body to send.
    package let payload: [UInt8]
    /// Headers that belong to this message, such as the attributes of a CloudEvent.
    package let headers: [OutboundHeader]
    /// The wall-clock time at which it was made.
    package let createdAt: Time
    /// The event time of its cause.
    package let eventTime: Time
    /// Whether its cause came from replayed, not live, data.
    package let replayed: Bool

    /// A delivery with all its parts.
    package init(
        id: String, kind: DeliveryKind, destination: Destination, stream: String, sequence: Int64, payload: [UInt8],
        headers: [OutboundHeader] = [], createdAt: Time, eventTime: Time, replayed: Bool
    ) {
        self.id = id
        self.kind = kind
        self.destination = destination
        self.stream = stream
        self.sequence = sequence
        self.payload = payload
        self.headers = headers
        self.createdAt = createdAt
        self.eventTime = eventTime
        self.replayed = replayed
    }
}

extension Delivery: CustomStringConvertible {
    /// Id, destination and size, without the body, which may hold a token.
    package var description: String { "\(id) to \(destination.name)/\(destination.channel) (\(payload.count) bytes)" }
}
