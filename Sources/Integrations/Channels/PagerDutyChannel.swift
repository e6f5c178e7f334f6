internal import Alerting
internal import Monitoring

/// Events of PagerDuty, version 2: the group of alerts is one incident, which its key triggers and resolves.
///
/// The routing key is put in when the request is made, so that it lies in no stored delivery. A summary has 1,024 characters,
/// an event 512 kB.
enum PagerDutyChannel: MessengerDialect {
    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8] {
        var json = EscapedJSON()
        json.object { json in
            json.member("event_action", text.isFiring ? "trigger" : "resolve")
            json.member("dedup_key", text.groupDigest)
            json.member("client", "Driftline")
            json.member("client_url", text.link)
            json.object("payload") { write(text, settings, to: &$0) }
            guard text.hasLink else { return }
            json.list("links") { links in
                links.object { link in
                    link.member("href", text.link)
                    link.member("text", "The model in Driftline")
                }
            }
        }
        return json.bytes
    }

    private static func write(_ text: NotificationText, _ settings: MessengerSettings, to payload: inout EscapedJSON) {
        let alerts = text.notification.alerts
        payload.member("summary", CutText.scalars(text.title, most: 1024))
        payload.member("source", text.identity.externalURL.isEmpty ? "driftline" : text.identity.externalURL)
        payload.member("severity", settings.options["severity"] ?? "error")
        payload.member("timestamp", text.notification.eventTime.rfc3339)
        for key in ["class", "component", "group"] {
            if let value = settings.options[key] { payload.member(key, value) }
        }
        payload.object("custom_details") { details in
            details.member("alerts", CutText.scalars(text.body, most: 20_000))
            details.member("num_firing", "\(alerts.count { !$0.isResolved })")
            details.member("num_resolved", "\(alerts.count(where: \.isResolved))")
        }
    }

    static func request(
        _ body: [UInt8], for delivery: Delivery, to target: MessengerTarget, identity: SenderIdentity
    ) -> OutboundRequest {
        // The secret has no character that a JSON text would escape.
        let key = "{\"routing_key\":\"\(target.secret.revealed)\","
        return target.post(Array(key.utf8) + body.dropFirst(), for: delivery, identity: identity)
    }
}
