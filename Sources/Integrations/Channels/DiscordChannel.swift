internal import Alerting

/// A webhook of Discord: one embed, and nobody is mentioned.
///
/// Discord takes 256 characters of a title and 4,096 of a description.
enum DiscordChannel: MessengerDialect {
    private static let red = 0x992D22
    private static let green = 0x2ECC71

    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8] {
        var json = EscapedJSON()
        json.object { json in
            json.member("content", "")
            json.list("embeds") { embeds in
                embeds.object { embed in
                    embed.member("title", CutText.units(text.title, most: 256))
                    embed.member("description", CutText.units(text.body, most: 4096))
                    embed.key("color")
                    embed.number(text.isFiring ? red : green)
                    if text.hasLink { embed.member("url", text.link) }
                }
            }
            json.object("allowed_mentions") { $0.list("parse") { _ in } }
        }
        return json.bytes
    }
}
