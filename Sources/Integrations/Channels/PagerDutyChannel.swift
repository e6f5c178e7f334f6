internal import Alerting
internal import Monitoring

/// Events of PagerDuty, version 2: the group of alerts is one incident, which its key triggers and resolves.
///
/// The routing key is put in when the request is made, so that it lies in no stored delivery.
struct PagerDutyChannel: Channel {
    let target: MessengerTarget
    let identity: SenderIdentity

    static func body(of notification: Alerting.Notification, for settings: MessengerSettings, identity: SenderIdentity)
        -> [UInt8]
    {
        let text = NotificationText(notification: notification, identity: identity)
        var json = EscapedJSON()
        json.object { json in
            json.member("event_action", notification.isFiring ? "trigger" : "resolve")
            json.member("dedup_key", GroupDigest.text(of: notification))
            json.member("client", "Driftline")
            json.member("client_url", text.link)
            json.key("payload")
            json.object { Self.write(text, settings, to: &$0) }
        }
        return json.bytes
    }

    private static func write(_ text: NotificationText, _ settings: MessengerSettings, to payload: inout EscapedJSON) {
        let notification = text.notification
        payload.member("summary", NotificationText.limited(text.title, to: 1024))
        payload.member("source", text.identity.externalURL.isEmpty ? "driftline" : text.identity.externalURL)
        payload.member("severity", settings.options["severity"] ?? "error")
        payload.member("timestamp", notification.eventTime.rfc3339)
        for key in ["class", "component", "group"] {
            if let value = settings.options[key] { payload.member(key, value) }
        }
        payload.key("custom_details")
        payload.object { details in
            details.member("alerts", text.body(limit: 20_000))
            details.member("num_firing", "\(notification.alerts.count { !$0.isResolved })")
            details.member("num_resolved", "\(notification.alerts.count(where: \.isResolved))")
        }
    }

    func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        // The secret has no character that a JSON text would escape.
        let key = "{\"routing_key\":\"\(target.secret.revealed)\","
        return target.post(Array(key.utf8) + delivery.payload.dropFirst(), for: delivery, identity: identity)
    }

    func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
