package import Monitoring
package import Query

/// What is to be said about a group of alerts, to whom, and why now.
package struct Notification: Hashable, Sendable {
    /// Who is told.
    package let destination: Destination
    /// The group.
    package let key: GroupKey
    /// The group's stream and the place of this notification in it.
    package let stream: String
    /// 1 for the first notification of the stream, then rising by 1.
    package let sequence: Int64
    /// The model that the alerts are about, or nil where they are about none.
    package let model: String?
    /// Why now.
    package let reason: NotificationReason
    /// Whether any alert of the group fires.
    package let isFiring: Bool
    /// The alerts, in Alertmanager's order and no more than the channel takes.
    package let alerts: [NotifiedAlert]
    /// How many alerts were left out.
    package let truncatedAlerts: Int
    /// The event time of the flush that made it.
    package let eventTime: Time
    /// Whether the model was not live, that is, its past was replayed.
    package let replayed: Bool

    /// What a group at a flush comes to.
    init(of group: AlertGroup, reason: NotificationReason, audience: Audience, eventTime: Time, replayed: Bool) {
        let all = group.members.filter { audience.sendsResolved || !$0.isResolved }.sorted { $0.precedes($1) }
        alerts = audience.mostAlerts > 0 ? Array(all.prefix(audience.mostAlerts)) : all
        truncatedAlerts = all.count - alerts.count
        isFiring = all.contains { !$0.isResolved }
        destination = group.destination
        key = group.key
        stream = group.stream
        sequence = group.sequence
        model = group.model
        self.reason = reason
        self.eventTime = eventTime
        self.replayed = replayed
    }

    /// The labels that all listed alerts share.
    package var commonLabels: [Label] { Self.common(alerts.map(\.labels.pairs)) }

    /// The annotations that all listed alerts share.
    package var commonAnnotations: [Label] { Self.common(alerts.map(\.annotations)) }

    /// The delivery that carries it, with the body that its channel made of it.
    package func delivery(
        id: String, payload: [UInt8], headers: [OutboundHeader] = [], createdAt: Time
    ) -> Delivery {
        Delivery(
            id: id, kind: .notification, destination: destination, stream: stream, sequence: sequence,
            payload: payload, headers: headers, createdAt: createdAt, eventTime: eventTime, replayed: replayed)
    }

    private static func common(_ sets: [[Label]]) -> [Label] {
        guard let first = sets.first else { return [] }
        return first.filter { label in sets.allSatisfy { $0.contains(label) } }
    }
}
