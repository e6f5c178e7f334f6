/// Writes one JSON document into a byte buffer, commas and escapes included; members keep the order in which they come.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object { object in
///     object.member("value", 0.5)
///     object.array("end") { array in array.value("1997-02-08T00:00:00Z") }
/// }
/// ```
/// Doubles are written as by RFC 8785; what is nil, infinite or not a number becomes `null`.
package struct JSONWriter: Sendable {
    /// The document so far, UTF-8.
    package private(set) var bytes: [UInt8] = []

    /// Whether a comma must come before the next key or element.
    private var needsComma = false

    /// The members of the open object that are null, each with why.
    private var reasons: [(member: String, reason: String)] = []

    /// An empty document.
    package init() {}

    /// The document so far, as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets the document and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
        reasons = []
    }

    /// Writes an object as the next value; the closure writes its members.
    package mutating func object<E: Error>(_ members: (inout JSONWriter) throws(E) -> Void) throws(E) {
        open(UInt8(ascii: "{"))
        let outer = reasons
        reasons = []
        try members(&self)
        writeReasons()
        reasons = outer
        close(UInt8(ascii: "}"))
    }

    /// Says why a member of the open object is null: the last member of that object, `reasons`, tells it by name.
    package mutating func explain(_ member: String, _ reason: String) {
        reasons.append((member, reason))
    }

    private mutating func writeReasons() {
        guard !reasons.isEmpty else { return }
        key("reasons")
        open(UInt8(ascii: "{"))
        for (member, reason) in reasons {
            key(member)
            value(reason)
        }
        close(UInt8(ascii: "}"))
    }

    /// Writes an array as the next value; the closure writes its elements.
    package mutating func array<E: Error>(_ elements: (inout JSONWriter) throws(E) -> Void) throws(E) {
        open(UInt8(ascii: "["))
        try elements(&self)
        close(UInt8(ascii: "]"))
    }

    /// Writes a key; its value must follow.
    package mutating func key(_ key: String) {
        separate()
        append(quoted: key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes the members that another writer wrote outside of any object.
    package mutating func members(of other: JSONWriter) {
        guard !other.bytes.isEmpty else { return }
        separate()
        bytes.append(contentsOf: other.bytes)
        reasons += other.reasons
    }

    /// Writes a text, or `null`.
    package mutating func value(_ value: String?) {
        guard let value else { return null() }
        separate()
        append(quoted: value)
    }

    /// Writes a number, or `null` for nil and for what is not finite.
    package mutating func value(_ value: Double?) {
        guard let value else { return null() }
        separate()
        NumberText.append(value, to: &bytes)
    }

    /// Writes a whole number, or `null`.
    package mutating func value<Number: FixedWidthInteger>(_ value: Number?) {
        guard let value else { return null() }
        literal(value.description)
    }

    /// Writes `true`, `false` or `null`.
    package mutating func value(_ value: Bool?) {
        guard let value else { return null() }
        literal(value ? "true" : "false")
    }

    /// Writes `null`.
    package mutating func null() {
        literal("null")
    }

    /// Writes a text that is already JSON and one value; it is not looked at.
    package mutating func value(json text: String) {
        literal(text)
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func append(quoted text: String) {
        // Names and nearly all texts have nothing to escape.
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
            return append(quoted: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes bytes of UTF-8 as a string: quotes, backslashes and control characters escaped, all else as it is.
    private mutating func append(quoted text: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.hexDigit(byte >> 4))
                bytes.append(Self.hexDigit(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
