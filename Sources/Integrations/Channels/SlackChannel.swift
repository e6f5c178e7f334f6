internal import Alerting

/// An incoming webhook of Slack: blocks with a header, the alerts, and a button.
///
/// Slack takes 150 characters in a header and 3,000 in a section, counted after its own escapes.
enum SlackChannel: MessengerDialect {
    static func body(of text: NotificationText, for settings: MessengerSettings) -> [UInt8] {
        var json = EscapedJSON()
        json.object { json in
            json.member("text", CutText.units(escaped(text.title), most: 3000))
            for key in ["channel", "username"] {
                if let value = settings.options[key] { json.member(key, value) }
            }
            json.list("blocks") { blocks in
                blocks.object { block in
                    block.member("type", "header")
                    write("plain_text", CutText.units(text.title, most: 150), to: &block)
                }
                blocks.object { block in
                    block.member("type", "section")
                    write("mrkdwn", section(text.body), to: &block)
                }
                guard text.hasLink else { return }
                blocks.object { block in
                    block.member("type", "actions")
                    block.list("elements") { elements in
                        elements.object { button in
                            button.member("type", "button")
                            write("plain_text", "Open", to: &button)
                            button.member("url", text.link)
                        }
                    }
                }
            }
        }
        return json.bytes
    }

    private static func write(_ kind: String, _ text: String, to block: inout EscapedJSON) {
        block.object("text") { part in
            part.member("type", kind)
            part.member("text", text)
        }
    }

    /// As much of a text as fits a section with its escapes, so that none is cut in two. Slack refuses an empty one.
    private static func section(_ text: String) -> String {
        var room = 2999
        var taken = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            room -= escaped(scalar).utf16.count
            guard room >= 0 else { return escaped(String(taken)) + "\u{2026}" }
            taken.append(scalar)
        }
        return taken.isEmpty ? " " : escaped(String(taken))
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map(escaped).joined()
    }

    /// Slack reads `&`, `<` and `>` as its own.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(scalar)
        }
    }
}
