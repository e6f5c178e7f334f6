/// A block of Internet addresses in CIDR notation, such as `127.0.0.0/8` or `fd00::/8`.
package struct AddressRange: Hashable, Sendable {
    /// The block as it was written.
    package let text: String

    /// The first address of the block in network order: 4 bytes (IPv4) or 16 (IPv6); bits after the prefix are 0.
    package let network: [UInt8]

    /// How many leading bits all addresses of the block share: 0...32 or 0...128.
    package let prefixLength: Int

    /// Reads a CIDR block or a single address, or returns nil; bits after the prefix may be set and are ignored.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPAddress(first) else { return nil }
        let width = address.bytes.count * 8
        var length = width
        if parts.count == 2 {
            guard let prefix = Self.prefix(parts[1]), prefix <= width else { return nil }
            length = prefix
        }
        self.text = text
        network = Self.masked(address.bytes, length)
        prefixLength = length
    }

    /// Whether an address lies in the block; never true across IP versions.
    package func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == network.count && Self.masked(address.bytes, prefixLength) == network
    }

    private static func prefix(_ text: Substring) -> Int? {
        let digits = Array(text.utf8)
        guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        if digits.count > 1, digits[0] == 0x30 { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(max(length - index * 8, 0), 8)
            return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
        }
    }
}
