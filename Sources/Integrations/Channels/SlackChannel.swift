internal import Alerting
internal import Monitoring

/// An incoming webhook of Slack: blocks with a header, the alerts, and a button.
struct SlackChannel: Channel {
    let target: MessengerTarget
    let identity: SenderIdentity

    static func body(of notification: Alerting.Notification, for settings: MessengerSettings, identity: SenderIdentity)
        -> [UInt8]
    {
        let text = NotificationText(notification: notification, identity: identity)
        var json = EscapedJSON()
        json.object { json in
            json.member("text", NotificationText.limited(text.title, to: 3000))
            for key in ["channel", "username"] {
                if let value = settings.options[key] { json.member(key, value) }
            }
            json.key("blocks")
            json.list { blocks in
                blocks.object { block in
                    block.member("type", "header")
                    block.key("text")
                    block.object { part in
                        part.member("type", "plain_text")
                        part.member("text", NotificationText.limited(text.title, to: 150))
                    }
                }
                blocks.object { block in
                    block.member("type", "section")
                    block.key("text")
                    block.object { part in
                        part.member("type", "mrkdwn")
                        part.member("text", Self.escaped(text.body(limit: 2900)))
                    }
                }
                blocks.object { block in
                    block.member("type", "actions")
                    block.key("elements")
                    block.list { elements in
                        elements.object { button in
                            button.member("type", "button")
                            button.key("text")
                            button.object { part in
                                part.member("type", "plain_text")
                                part.member("text", "Open")
                            }
                            button.member("url", NotificationText.limited(text.link, to: 3000))
                        }
                    }
                }
            }
        }
        return json.bytes
    }

    /// Slack reads `&`, `<` and `>` as its own.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return NotificationText.limited(escaped, to: 3000)
    }

    func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        target.post(delivery.payload, for: delivery, identity: identity)
    }

    func outcome(of response: OutboundResponse) -> DeliveryOutcome { StatusOutcome.outcome(of: response) }
}
