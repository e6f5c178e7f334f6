/// An IP address; an IPv6 form of an IPv4 address (`::ffff:10.0.0.1`) is that IPv4 address.
///
/// Texts are read strictly: four decimal numbers, or the hexadecimal groups of RFC 4291. The loose spellings that libc takes
/// (`127.1`, `0x7f000001`, `0177.0.0.1`) are not addresses here: they exist to slip past filters.
package struct IPAddress: Hashable, Sendable {
    /// The address as 128 bits; IPv4 as the last 32 of `::ffff:0:0/96`.
    package let bits: UInt128

    private static let mappedPrefix = UInt128(0xFFFF) << 32

    /// An IPv4 address of four bytes in network order.
    package init(v4 bits: UInt32) {
        self.bits = Self.mappedPrefix | UInt128(bits)
    }

    /// An IPv6 address of sixteen bytes in network order.
    package init(v6 bits: UInt128) {
        self.bits = bits
    }

    /// Reads an address without brackets, port, prefix length or zone, or returns nil.
    package init?(_ text: some StringProtocol) {
        let utf8 = Array(text.utf8)
        guard let bytes = utf8.contains(UInt8(ascii: ":")) ? Self.version6(utf8[...]) : Self.version4(utf8[...])
        else { return nil }
        let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        bits = bytes.count == 4 ? Self.mappedPrefix | number : number
    }

    /// Whether the address is an IPv4 one, in either form.
    package var isV4: Bool { bits >> 32 == 0xFFFF }

    private static func version4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            if part.count > 1, part.first == UInt8(ascii: "0") { return nil }
            let value = part.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard let byte = UInt8(exactly: value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let gap = firstGap(in: text) else {
            let bytes = groups(text)
            return bytes?.count == 16 ? bytes : nil
        }
        guard let head = gap == text.startIndex ? [] : groups(text[..<gap], mayEndInVersion4: false) else { return nil }
        let rest = text[(gap + 2)...]
        guard let tail = rest.isEmpty ? [] : groups(rest), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func firstGap(in text: ArraySlice<UInt8>) -> Int? {
        let colon = UInt8(ascii: ":")
        return text.indices.dropLast().first { text[$0] == colon && text[$0 + 1] == colon }
    }

    /// The bytes of groups between single colons; the last may be an IPv4 address.
    private static func groups(_ text: ArraySlice<UInt8>, mayEndInVersion4: Bool = true) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEndInVersion4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let mapped = version4(part) else { return nil }
                bytes += mapped
                continue
            }
            guard (1...4).contains(part.count), let group = hexadecimal(part) else { return nil }
            bytes += [UInt8(truncatingIfNeeded: group >> 8), UInt8(truncatingIfNeeded: group)]
        }
        return bytes.count <= 16 ? bytes : nil
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value << 4 | UInt16(digit - 0x30)
            case 0x41...0x46: value = value << 4 | UInt16(digit - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt16(digit - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
