internal import Alerting
internal import Monitoring

/// A bot of Telegram: plain text, without the reading of any markup.
struct TelegramChannel: Channel {
    let target: MessengerTarget
    let identity: SenderIdentity

    static func body(of notification: Alerting.Notification, for settings: MessengerSettings, identity: SenderIdentity)
        -> [UInt8]
    {
        let text = NotificationText(notification: notification, identity: identity)
        var json = EscapedJSON()
        json.object { json in
            json.member("chat_id", settings.options["chat_id"] ?? "")
            json.member(
                "text",
                NotificationText.limited(text.title + "\n" + text.body(limit: 3800) + "\n" + text.link, to: 4096))
            json.key("disable_web_page_preview")
            json.boolean(true)
        }
        return json.bytes
    }

    func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        target.post(
            delivery.payload, for: delivery, to: target.address("/bot\(target.secret.revealed)/sendMessage"),
            identity: identity)
    }

    func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
