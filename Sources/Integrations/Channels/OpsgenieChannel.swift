internal import Alerting
internal import Monitoring

/// Alerts of Opsgenie: the group of alerts is one alert there, which its alias makes and closes.
///
/// Which of both is asked stands as a path before the stored body, separated by a line break.
struct OpsgenieChannel: Channel {
    let target: MessengerTarget
    let identity: SenderIdentity

    static func body(of notification: Alerting.Notification, for settings: MessengerSettings, identity: SenderIdentity)
        -> [UInt8]
    {
        let text = NotificationText(notification: notification, identity: identity)
        let alias = GroupDigest.text(of: notification)
        let source = settings.options["source"] ?? "driftline"
        var json = EscapedJSON()
        json.object { json in
            json.member("source", source)
            guard notification.isFiring else { return }
            json.member("message", NotificationText.limited(text.title, to: 130))
            json.member("alias", alias)
            json.member("description", text.body(limit: 15_000))
            json.member("details", notification.commonLabels)
            if let priority = settings.options["priority"] { json.member("priority", priority) }
        }
        let path = notification.isFiring ? "/v2/alerts" : "/v2/alerts/\(alias)/close?identifierType=alias"
        return Array((path + "\n").utf8) + json.bytes
    }

    func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        let parts = delivery.payload.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
        let path = parts.count == 2 ? String(decoding: parts[0], as: UTF8.self) : "/v2/alerts"
        return target.post(
            Array(parts.last ?? []), for: delivery, to: target.address(path), identity: identity,
            headers: [OutboundHeader("Authorization", "GenieKey \(target.secret.revealed)")])
    }

    func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
