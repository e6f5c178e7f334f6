/// The numeric escapes of Go's string literals, which PromQL and its templates share.
package struct GoEscape: Sendable {
    /// How many digits follow.
    package let length: Int
    /// Whether a letter stands before the digits.
    package let hasPrefixLetter: Bool
    private let radix: Int

    /// The kind of the escape that begins with this scalar after its backslash, or nil.
    package init?(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "x": self.init(length: 2, radix: 16)
        case "u": self.init(length: 4, radix: 16)
        case "U": self.init(length: 8, radix: 16)
        case "0"..."7": self.init(length: 3, radix: 8)
        default: return nil
        }
    }

    private init(length: Int, radix: Int) {
        self.length = length
        self.radix = radix
        hasPrefixLetter = radix == 16
    }

    /// The scalar of an escape of one letter, or nil; of the quotes only the surrounding one may be escaped.
    package static func plain(_ letter: Unicode.Scalar, quote: Unicode.Scalar) -> Unicode.Scalar? {
        switch letter {
        case "a": "\u{7}"
        case "b": "\u{8}"
        case "f": "\u{C}"
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "v": "\u{B}"
        case "\\": "\\"
        case quote: quote
        default: nil
        }
    }

    /// The scalar that the digits name; nil for too few digits and for single bytes that are no text.
    package func scalar(_ digits: String) -> Unicode.Scalar? {
        let allowed = radix == 16 ? "0123456789abcdefABCDEF" : "01234567"
        guard digits.utf8.count == length, digits.utf8.allSatisfy({ allowed.utf8.contains($0) }),
            let value = UInt32(digits, radix: radix), length > 3 || value < 0x80
        else { return nil }
        return Unicode.Scalar(value)
    }
}
