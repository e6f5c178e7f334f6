/// An address of e-mail with the name of its owner: `ml@example.org`, or `ML team <ml@example.org>`.
package struct MailAddress: Hashable, Sendable {
    /// The address itself, in ASCII.
    package let address: String
    /// The owner's name, empty where there is none.
    package let name: String

    /// Reads an address with or without a name; nil for anything else, in particular for what holds line breaks.
    ///
    /// The part before the @ is a dot-atom of RFC 5322, the part after it a host name.
    package init?(_ text: some StringProtocol) {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
        let trimmed = Self.trimmed(text)
        var name = ""
        var address = trimmed
        if trimmed.hasSuffix(">"), let open = trimmed.lastIndex(of: "<") {
            address = String(trimmed[trimmed.index(after: open)...].dropLast())
            name = Self.trimmed(trimmed[..<open])
            if name.utf8.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") {
                name = String(name.dropFirst().dropLast())
            }
        }
        guard Self.isAddress(address), !name.unicodeScalars.contains(where: { "<>\"\\".unicodeScalars.contains($0) })
        else { return nil }
        self.address = address
        self.name = name
    }

    /// The addresses of a list with commas between them, or nil where one is none.
    package static func list(_ text: String) -> [Self]? {
        let parts = text.split(separator: ",").map { Self($0) }
        return parts.isEmpty || parts.contains(nil) ? nil : parts.compactMap(\.self)
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        let atoms = parts[0].utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return MailHost.isValid(String(parts[1]))
            && atoms.allSatisfy { atom in !atom.isEmpty && atom.allSatisfy(isAtomText) }
    }

    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
