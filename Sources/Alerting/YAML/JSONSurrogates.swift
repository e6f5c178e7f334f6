/// JSON's way to write characters beyond U+FFFF, as two escapes, which YAML does not know.
enum JSONSurrogates {
    /// The text with every escaped pair such as `\ud83d\ude00` replaced by its character, if the text is JSON.
    static func combined(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        guard first == "{" || first == "[" else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "\\" else {
                result.append(scalars[index])
                index += 1
                continue
            }
            if let high = unit(scalars, at: index), let low = unit(scalars, at: index + 6), let pair = pair(high, low) {
                result.append(pair)
                index += 12
            } else {
                // The escaped character goes along, so that `\\ud83d` stays the text that it is.
                result.append(contentsOf: scalars[index..<min(index + 2, scalars.count)])
                index += 2
            }
        }
        return String(result)
    }

    private static func unit(_ scalars: [Unicode.Scalar], at index: Int) -> UInt32? {
        guard index + 6 <= scalars.count, scalars[index] == "\\", scalars[index + 1] == "u" else { return nil }
        let digits = String(String.UnicodeScalarView(scalars[(index + 2)..<(index + 6)]))
        return digits.utf8.first == UInt8(ascii: "+") ? nil : UInt32(digits, radix: 16)
    }

    private static func pair(_ high: UInt32, _ low: UInt32) -> Unicode.Scalar? {
        guard (0xD800...0xDBFF).contains(high), (0xDC00...0xDFFF).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    }
}
