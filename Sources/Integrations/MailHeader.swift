internal import Alerting

/// Text in the headers of an e-mail.
enum MailHeader {
    /// A text that may stand in a header, whatever it contains: printable ASCII as it is while it is short, everything else as
    /// encoded words (RFC 2047), so that no line break gets into the head of the message.
    static func text(_ text: String) -> String {
        let text = CutText.scalars(text, most: 500)
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        if isPlain, text.utf8.count <= 60 { return text }
        var words: [String] = []
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            // An encoded word has 75 characters at most: 45 bytes in base 64, and none of them half a character.
            let word = CutText.bytes(String(Substring(rest)), most: 45)
            words.append("=?utf-8?B?\(Base64.encoded(word.utf8))?=")
            rest = rest.dropFirst(word.unicodeScalars.count)
        }
        return words.joined(separator: "\r\n ")
    }

    /// A text in lines of 76 characters.
    static func folded(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: 76).map { start in
            String(decoding: bytes[start..<min(start + 76, bytes.count)], as: UTF8.self)
        }
    }
}
