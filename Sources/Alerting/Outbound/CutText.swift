/// The beginnings of texts for services that take no more; nothing is cut within a character of Unicode.
package enum CutText {
    /// At most so many Unicode scalars, with an ellipsis where something is left out.
    package static func scalars(_ text: String, most: Int) -> String {
        guard text.unicodeScalars.count > most else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(most - 1, 0)))) + "\u{2026}"
    }

    /// At most so many UTF-16 code units, as JavaScript counts, with an ellipsis where something is left out.
    package static func units(_ text: String, most: Int) -> String {
        guard text.utf16.count > most else { return text }
        var room = max(most - 1, 0)
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix { scalar in
                    room -= UTF16.width(scalar)
                    return room >= 0
                })) + "\u{2026}"
    }

    /// At most so many bytes of UTF-8, without an ellipsis.
    package static func bytes(_ text: String, most: Int) -> String {
        guard text.utf8.count > most else { return text }
        var room = max(most, 0)
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix { scalar in
                    room -= UTF8.width(scalar)
                    return room >= 0
                }))
    }
}
