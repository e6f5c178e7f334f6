internal import Alerting
internal import Monitoring

/// A notification as an e-mail (RFC 5322): a plain and an HTML part, each in base 64 so that no line is too long for any server.
///
/// The Message-ID is made of the delivery's id and so the same at every attempt; all mails of a group answer to one that never
/// was, so that they lie in one thread.
struct MailMessage {
    private let lines: [String]

    /// The mail of a notification, made at a wall-clock time.
    init(_ text: NotificationText, _ settings: EmailSettings, id: String, date: Time) {
        let host = settings.from.address.split(separator: "@").last.map(String.init) ?? "localhost"
        let thread = "<group-\(text.groupDigest)@\(host)>"
        let boundary = "driftline-\(id)"
        var lines = [
            "Date: \(MailDate.text(of: date))", "From: \(Self.mailbox(settings.from))",
            "To: \(settings.to.map(Self.mailbox).joined(separator: ",\r\n "))",
            "Message-ID: <\(id)@\(host)>", "In-Reply-To: \(thread)", "References: \(thread)",
            "Subject: \(MailHeader.text(text.title))", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
        ]
        for header in settings.headers {
            lines.append("\(header.name): \(MailHeader.text(header.value.expansion(of: text.value)))")
        }
        lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
        let plain = text.texts.text?.expansion(of: text.value) ?? Self.plain(text)
        let html = settings.html?.expansion(of: text.value) ?? Self.html(text)
        for (type, content) in [("plain", plain), ("html", html)] {
            lines += [
                "--\(boundary)", "Content-Type: text/\(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
            ]
            lines += MailHeader.folded(Base64.encoded(content.utf8))
        }
        lines += ["--\(boundary)--", ""]
        self.lines = lines
    }

    /// The message with CRLF line breaks.
    var bytes: [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

    private static func mailbox(_ address: MailAddress) -> String {
        guard !address.name.isEmpty else { return address.address }
        let isPlain = address.name.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        let name = isPlain ? "\"\(address.name)\"" : MailHeader.text(address.name)
        return "\(name) <\(address.address)>"
    }

    /// How many bytes of the alerts' lines are told.
    private static let mostBytes = 100_000

    /// The alerts that fit, and how many do not.
    private static func entries(of text: NotificationText) -> [NotificationText.Entry] {
        var room = mostBytes
        let entries = text.entries
        let told = entries.prefix { entry in
            room -= entry.line.utf8.count + entry.bins.utf8.count
            return room >= 0
        }
        guard told.count < entries.count else { return entries }
        return told + [NotificationText.Entry(line: "and \(entries.count - told.count) more")]
    }

    private static func plain(_ text: NotificationText) -> String {
        let lines = entries(of: text).flatMap { $0.bins.isEmpty ? [$0.line] : [$0.line, $0.bins] }
        return ([text.title, ""] + lines + (text.hasLink ? ["", text.link] : [])).joined(separator: "\n") + "\n"
    }

    private static func html(_ text: NotificationText) -> String {
        let items = entries(of: text).map { entry in
            let bins = entry.bins.isEmpty ? "" : "<pre>\(MarkupText.escaped(entry.bins))</pre>"
            return "<li>\(MarkupText.escaped(entry.line))\(bins)</li>"
        }.joined(separator: "\n")
        let link = text.hasLink ? "<p><a href=\"\(MarkupText.escaped(text.link))\">Look closer</a></p>\n" : ""
        return """
            <!DOCTYPE html>
            <html><body>
            <h2>\(MarkupText.escaped(text.title))</h2>
            <ul>
            \(items)
            </ul>
            \(link)</body></html>

            """
    }
}
