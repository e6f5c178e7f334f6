internal import Alerting

/// A bot of Telegram: plain text, without the reading of any markup.
///
/// Telegram takes 4,096 characters.
enum TelegramChannel: MessengerDialect {
    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8] {
        let title = CutText.units(text.title, most: 500) + "\n"
        let link = text.hasLink ? "\n" + CutText.units(text.link, most: 500) : ""
        let room = 4096 - title.utf16.count - link.utf16.count
        var json = EscapedJSON()
        json.object { json in
            json.member("chat_id", settings.options["chat_id"] ?? "")
            json.member("text", title + CutText.units(text.body, most: room) + link)
            json.member("disable_web_page_preview", true)
        }
        return json.bytes
    }

    static func request(
        _ body: [UInt8], for delivery: Delivery, to target: MessengerTarget, identity: SenderIdentity
    ) -> OutboundRequest {
        target.post(
            body, for: delivery, to: target.http.address("/bot\(target.secret.revealed)/sendMessage"),
            identity: identity)
    }
}
