internal import Alerting

/// A Workflows address of Microsoft Teams: an adaptive card.
///
/// Teams refuses messages of more than 28 kB, counted in bytes.
enum TeamsChannel: MessengerDialect {
    /// What the lines may take as they stand in the body, which leaves room for the card around them.
    private static let mostBytes = 22_000

    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8] {
        var json = EscapedJSON()
        json.object { json in
            json.member("type", "message")
            json.list("attachments") { list in
                list.object { attachment in
                    attachment.member("contentType", "application/vnd.microsoft.card.adaptive")
                    attachment.member("contentUrl", nil)
                    attachment.object("content") { write(text, to: &$0) }
                }
            }
        }
        return json.bytes
    }

    private static func write(_ text: NotificationText, to card: inout EscapedJSON) {
        card.member("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        card.member("type", "AdaptiveCard")
        card.member("version", "1.2")
        card.object("msteams") { $0.member("width", "full") }
        card.list("body") { blocks in
            blocks.object { block in
                block.member("type", "TextBlock")
                block.member("text", CutText.bytes(text.title, most: 600))
                block.member("weight", "Bolder")
                block.member("size", "Medium")
                block.member("wrap", true)
                block.member("color", text.isFiring ? "attention" : "good")
            }
            for line in lines(of: text) { blocks.raw(line) }
        }
        guard text.hasLink else { return }
        card.list("actions") { actions in
            actions.object { action in
                action.member("type", "Action.OpenUrl")
                action.member("title", "Open")
                action.member("url", text.link)
            }
        }
    }

    /// A block for each line, as long as they fit; the first that does not is cut.
    private static func lines(of text: NotificationText) -> [[UInt8]] {
        var room = mostBytes
        var blocks: [[UInt8]] = []
        for line in text.body.split(separator: "\n") {
            let block = block(String(line))
            guard block.count < room else {
                // Escapes may take six bytes for one.
                blocks.append(self.block(CutText.bytes(String(line), most: max(room - 100, 0) / 6) + "\u{2026}"))
                break
            }
            room -= block.count + 1
            blocks.append(block)
        }
        return blocks
    }

    private static func block(_ line: String) -> [UInt8] {
        var json = EscapedJSON()
        json.object { block in
            block.member("type", "TextBlock")
            block.member("text", line)
            block.member("wrap", true)
        }
        return json.bytes
    }
}
