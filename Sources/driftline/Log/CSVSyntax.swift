/// The bytes that mean something in CSV (RFC 4180).
enum CSVSyntax {
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// The mark that some programs put in front of UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A text as a field, in quotes where it needs them.
    static func field(_ text: String) -> [UInt8] {
        let special = [quote, comma, newline, carriageReturn]
        guard text.utf8.contains(where: special.contains) else { return Array(text.utf8) }
        var field = [quote]
        for byte in text.utf8 { field += byte == quote ? [quote, quote] : [byte] }
        return field + [quote]
    }
}
