/// What may stand in a `Host` header: `name[:port]`, byte by byte, so that no two readers find different names in it.
enum HostField {
    /// Whether it is a name of letters, digits, `-`, `.`, `_` and `~`, or an address in brackets, with a port from 1 to 65535 or none.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let end = endOfName(bytes), end > 0 else { return false }
        guard end < bytes.count else { return true }
        let port = bytes[(end + 1)...]
        guard bytes[end] == UInt8(ascii: ":"), port.count <= 5, port.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return port.isEmpty || (1...65_535).contains(port.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    /// Where the name ends; nil for a bracket that is not closed, or for what may not stand in brackets.
    private static func endOfName(_ bytes: [UInt8]) -> Int? {
        guard bytes.first == UInt8(ascii: "[") else {
            return bytes.firstIndex { !isOfName($0) } ?? bytes.count
        }
        guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 2,
            bytes[1..<close].allSatisfy({ $0 == UInt8(ascii: ":") || isOfName($0) })
        else { return nil }
        return close + 1
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
