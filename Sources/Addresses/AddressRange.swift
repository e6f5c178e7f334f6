/// A block of IP addresses in CIDR notation, such as `127.0.0.0/8` or `fd00::/8`: all that begin with the same bits.
package struct AddressRange: Hashable, Sendable {
    /// The block as it was written.
    package let text: String
    private let first: UInt128
    private let mask: UInt128

    /// Reads a block or a single address, or returns nil; bits after the prefix may be set and are ignored.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPAddress(first) else { return nil }
        let width = first.utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        var length = width
        if parts.count == 2 {
            guard let prefix = Self.prefix(parts[1]), prefix <= width else { return nil }
            length = prefix
        }
        self.text = text
        mask = length + 128 - width == 0 ? 0 : UInt128.max << UInt128(width - length)
        self.first = address.bits & mask
    }

    /// Whether an address lies in the block; IPv4 addresses lie where their mapped forms do.
    package func contains(_ address: IPAddress) -> Bool {
        address.bits & mask == first
    }

    private static func prefix(_ text: Substring) -> Int? {
        let digits = Array(text.utf8)
        guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        if digits.count > 1, digits[0] == 0x30 { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
