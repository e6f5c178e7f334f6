/// What a key or token of a messenger looks like.
package enum MessengerSecret {
    /// Whether a text can stand in a header, an address and a body: printable ASCII without blanks, quotes and backslashes.
    package static func isPlain(_ text: String) -> Bool {
        (1...1024).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }
}
