extension String {
    /// The text in double quotes as Go's `strconv.Quote` writes it and PromQL reads it: what cannot be printed is
    /// escaped.
    package var quoted: String {
        var result = "\""
        for scalar in unicodeScalars {
            if let letter = Self.escapeLetter(of: scalar) {
                result += "\\\(letter)"
            } else if Self.isPrintable(scalar) {
                result.unicodeScalars.append(scalar)
            } else if scalar.isASCII {
                result += "\\x" + Self.hexadecimal(scalar, digits: 2)
            } else if scalar.value <= 0xFFFF {
                result += "\\u" + Self.hexadecimal(scalar, digits: 4)
            } else {
                result += "\\U" + Self.hexadecimal(scalar, digits: 8)
            }
        }
        return result + "\""
    }

    private static func escapeLetter(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\"", "\\": scalar
        case "\u{07}": "a"
        case "\u{08}": "b"
        case "\u{0B}": "v"
        case "\u{0C}": "f"
        case "\n": "n"
        case "\r": "r"
        case "\t": "t"
        default: nil
        }
    }

    /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols, and of spaces only the ASCII one.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
        let text = String(scalar.value, radix: 16)
        return String(repeating: "0", count: Swift.max(digits - text.utf8.count, 0)) + text
    }
}
