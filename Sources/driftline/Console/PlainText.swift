/// Text from elsewhere, made safe to print on a terminal.
enum PlainText {
    /// The text in one line: control characters, which could move the cursor or hide what is said, become `?`.
    ///
    /// - Complexity: O(length).
    static func line(_ text: String, upTo limit: Int = 400) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            let isControl =
                scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
            line.append(isControl ? (scalar.properties.isWhitespace ? " " : "?") : scalar)
        }
        return String(line) + (text.unicodeScalars.count > limit ? "..." : "")
    }
}
