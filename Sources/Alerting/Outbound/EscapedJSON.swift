/// JSON text in the order in which it is written, with the escapes of Go's `encoding/json`.
///
/// `<`, `>` and `&`, U+2028 and U+2029 and control characters are written as `\u003c` and so on, everything else as it is: the
/// bytes are those that Alertmanager would send.
package struct EscapedJSON {
    /// The text so far.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An empty text.
    package init() {}

    /// Writes an object whose members `write` adds.
    package mutating func object(_ write: (inout Self) -> Void) {
        enclosed("{", "}", write)
    }

    /// Writes a list whose elements `write` adds.
    package mutating func list(_ write: (inout Self) -> Void) {
        enclosed("[", "]", write)
    }

    /// Writes a member's key; its value comes next.
    package mutating func key(_ key: String) {
        separate()
        append(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a text.
    package mutating func text(_ text: String) {
        separate()
        append(text)
    }

    /// Writes a whole number.
    package mutating func number(_ number: Int) {
        literal("\(number)")
    }

    /// Writes `true` or `false`.
    package mutating func boolean(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    /// Writes `null`.
    package mutating func null() {
        literal("null")
    }

    /// Writes a member whose value is a text, or `null`.
    package mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { text(value) } else { null() }
    }

    /// Writes a member whose value is `true` or `false`.
    package mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    /// Writes a member whose value is an object whose members `write` adds.
    package mutating func object(_ name: String, _ write: (inout Self) -> Void) {
        key(name)
        object(write)
    }

    /// Writes a member whose value is a list whose elements `write` adds.
    package mutating func list(_ name: String, _ write: (inout Self) -> Void) {
        key(name)
        list(write)
    }

    /// Writes a value that is JSON already.
    package mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes += json
    }

    /// Ends the text with a line break.
    package mutating func endLine() {
        bytes.append(0x0A)
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes += text.utf8
    }

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ write: (inout Self) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        write(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars { append(scalar) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes += "\\\"".utf8
        case "\\": bytes += "\\\\".utf8
        case "\n": bytes += "\\n".utf8
        case "\r": bytes += "\\r".utf8
        case "\t": bytes += "\\t".utf8
        case "\u{0}"..<" ", "<", ">", "&", "\u{2028}", "\u{2029}":
            let digits = String(scalar.value, radix: 16)
            bytes += "\\u".utf8
            bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
            bytes += digits.utf8
        default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }
}
