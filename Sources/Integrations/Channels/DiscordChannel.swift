internal import Alerting
internal import Monitoring

/// A webhook of Discord: one embed, and nobody is mentioned.
struct DiscordChannel: Channel {
    let target: MessengerTarget
    let identity: SenderIdentity

    private static let red = 0x992D22
    private static let green = 0x2ECC71

    static func body(of notification: Alerting.Notification, identity: SenderIdentity) -> [UInt8] {
        let text = NotificationText(notification: notification, identity: identity)
        var json = EscapedJSON()
        json.object { json in
            json.member("content", "")
            json.key("embeds")
            json.list { embeds in
                embeds.object { embed in
                    embed.member("title", NotificationText.limited(text.title, to: 256))
                    embed.member("description", text.body(limit: 4096))
                    embed.key("color")
                    embed.number(notification.isFiring ? red : green)
                    if text.link.hasPrefix("http") { embed.member("url", text.link) }
                }
            }
            json.key("allowed_mentions")
            json.object { mentions in
                mentions.key("parse")
                mentions.list { _ in }
            }
        }
        return json.bytes
    }

    func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        target.post(delivery.payload, for: delivery, identity: identity)
    }

    func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
