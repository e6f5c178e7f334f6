internal import Alerting
internal import Query

/// Alerts of Opsgenie: the group of alerts is one alert there, which its alias makes and closes.
///
/// Which of both is asked stands as a path before the stored body, separated by a line break. A message has 130 characters, a
/// description 15,000.
enum OpsgenieChannel: MessengerDialect {
    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8] {
        let alias = text.groupDigest
        var json = EscapedJSON()
        json.object { json in
            json.member("source", settings.options["source"] ?? "driftline")
            guard text.isFiring else { return }
            json.member("message", CutText.scalars(text.title, most: 130))
            json.member("alias", alias)
            json.member("description", CutText.scalars(text.body, most: 15_000))
            json.object("details") { details in
                for label in text.notification.commonLabels { details.member(label.name, label.value) }
                if text.hasLink { details.member("link", text.link) }
            }
            if let priority = settings.options["priority"] { json.member("priority", priority) }
        }
        let path = text.isFiring ? "/v2/alerts" : "/v2/alerts/\(alias)/close?identifierType=alias"
        return Array((path + "\n").utf8) + json.bytes
    }

    static func request(
        _ body: [UInt8], for delivery: Delivery, to target: MessengerTarget, identity: SenderIdentity
    ) -> OutboundRequest {
        let parts = body.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
        let path = parts.count == 2 ? String(decoding: parts[0], as: UTF8.self) : "/v2/alerts"
        return target.post(
            Array(parts.last ?? []), for: delivery, to: target.http.address(path), identity: identity,
            headers: [OutboundHeader("Authorization", "GenieKey \(target.secret.revealed)")])
    }
}
