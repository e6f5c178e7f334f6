internal import Alerting
internal import Monitoring

/// A Workflows address of Microsoft Teams: an adaptive card.
struct TeamsChannel: Channel {
    let target: MessengerTarget
    let identity: SenderIdentity

    /// Teams refuses messages of more than 28 kB; this leaves room for the card around the text.
    private static let mostText = 20_000

    static func body(of notification: Alerting.Notification, identity: SenderIdentity) -> [UInt8] {
        let text = NotificationText(notification: notification, identity: identity)
        var json = EscapedJSON()
        json.object { json in
            json.member("type", "message")
            json.key("attachments")
            json.list { list in
                list.object { attachment in
                    attachment.member("contentType", "application/vnd.microsoft.card.adaptive")
                    attachment.member("contentUrl", nil)
                    attachment.key("content")
                    attachment.object { Self.write(text, isFiring: notification.isFiring, to: &$0) }
                }
            }
        }
        return json.bytes
    }

    private static func write(_ text: NotificationText, isFiring: Bool, to card: inout EscapedJSON) {
        card.member("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        card.member("type", "AdaptiveCard")
        card.member("version", "1.2")
        card.key("msteams")
        card.object { $0.member("width", "full") }
        card.key("body")
        card.list { blocks in
            blocks.object { block in
                block.member("type", "TextBlock")
                block.member("text", NotificationText.limited(text.title, to: 1000))
                block.member("weight", "Bolder")
                block.member("size", "Medium")
                block.key("wrap")
                block.boolean(true)
                block.member("color", isFiring ? "attention" : "good")
            }
            var room = mostText
            for line in text.lines {
                room -= line.unicodeScalars.count
                guard room > 0 else { break }
                blocks.object { block in
                    block.member("type", "TextBlock")
                    block.member("text", line)
                    block.key("wrap")
                    block.boolean(true)
                }
            }
        }
        card.key("actions")
        card.list { actions in
            actions.object { action in
                action.member("type", "Action.OpenUrl")
                action.member("title", "Open")
                action.member("url", text.link)
            }
        }
    }

    func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        target.post(delivery.payload, for: delivery, identity: identity)
    }

    func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
