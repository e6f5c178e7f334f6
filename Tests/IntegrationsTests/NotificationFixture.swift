import Alerting
import Integrations
import Monitoring
import Query
import Testing

/// From alerts and the YAML of one channel to the message that leaves.
struct NotificationFixture {
    static let now = Time(microseconds: 1_767_268_800_000_000)
    static let identity = SenderIdentity(version: "1.2.3", externalURL: "https://drift.example")
    static let id = "msg_01ARYZ6S410000000000000000"

    /// The YAML of a receiver's channels.
    let config: String
    /// What the places hold that the YAML names.
    var places: [TextPlace: String] = [:]

    static func alert(
        _ feature: String, resolved: Bool = false, summary: String = "PSI <0.31> & more", model: String = "churn"
    ) -> NotifiedAlert {
        NotifiedAlert(
            labels: ["alertname": "FeatureDrift", "model": model, "feature": feature],
            annotations: [Label(name: "summary", value: summary)], startsAt: now,
            endsAt: resolved ? now + .hours(2) : nil, generatorURL: "https://drift.example/v1/models/churn")
    }

    var settings: NotificationSettings {
        get throws {
            try NotificationSettings(
                file: "n.yaml",
                text: "route: {receiver: r, group_by: [alertname]}\nreceivers: [{name: r, \(config)}]")
        }
    }

    var channelSettings: ChannelSettings {
        get throws { try #require(try settings.receivers.values.first?.channels.first) }
    }

    var channel: any Channel {
        get throws {
            try ChannelRegistry.channel(try channelSettings, identity: Self.identity) {
                place throws(WebhookTargetError) in
                guard let text = places[place] else { throw .unreadable(place, reason: "there is none") }
                return text
            }
        }
    }

    /// The delivery that tells of some alerts, or of their end after these fired.
    func delivery(_ alerts: [NotifiedAlert], resolved: Bool = false, replayed: Bool = false) throws -> Delivery {
        let channel = try channelSettings
        var group = try #require(try settings.groups(for: alerts[0].labels).first)
        for alert in alerts { group.enter(alert, at: Self.now) }
        var plan = try #require(
            Plan(of: group, upTo: Self.now + .hours(1), audience: channel.audience, replayed: replayed))
        if resolved {
            var told = plan.group
            for alert in alerts {
                told.enter(
                    NotifiedAlert(
                        labels: alert.labels, annotations: alert.annotations, startsAt: alert.startsAt,
                        endsAt: Self.now + .hours(2), generatorURL: alert.generatorURL), at: Self.now + .hours(2))
            }
            plan = try #require(
                Plan(of: told, upTo: Self.now + .hours(9), audience: channel.audience, replayed: replayed))
        }
        return ChannelRegistry.delivery(
            of: try #require(plan.notification), for: channel, id: Self.id, createdAt: Self.now,
            identity: Self.identity)
    }

    /// The message of an attempt.
    func message(
        _ alerts: [NotifiedAlert], resolved: Bool = false, at time: Time = Self.now
    ) throws -> OutboundMessage {
        try channel.message(for: try delivery(alerts, resolved: resolved), at: time)
    }

    /// The request of an attempt.
    func request(
        _ alerts: [NotifiedAlert], resolved: Bool = false, at time: Time = Self.now
    ) throws -> OutboundRequest {
        try #require(try message(alerts, resolved: resolved, at: time).http)
    }
}
