/// All addresses that begin with the same bits, as `10.0.0.0/8` names them.
package struct AddressRange: Hashable, Sendable {
    private let first: UInt128
    private let mask: UInt128

    /// Reads `ADDRESS/BITS`, or a single address; nil for anything else. Bits beyond the prefix do not matter.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        let isV4Text = !first.utf8.contains(UInt8(ascii: ":"))
        let width = isV4Text ? 32 : 128
        var length = width
        if parts.count == 2 {
            let digits = parts[1]
            guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let value = Int(digits), value <= width
            else { return nil }
            length = value
        }
        mask = length + 128 - width == 0 ? 0 : UInt128.max << UInt128(width - length)
        self.first = address.bits & mask
    }

    /// Whether an address lies in the range.
    package func contains(_ address: IPAddress) -> Bool {
        address.bits & mask == first
    }
}
