#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// An IP address; an IPv6 form of an IPv4 address (`::ffff:10.0.0.1`) is that IPv4 address.
package struct IPAddress: Hashable, Sendable {
    /// The address as 128 bits; IPv4 as the last 32 of `::ffff:0:0/96`.
    let bits: UInt128

    private static let mappedPrefix = UInt128(0xFFFF) << 32

    /// An IPv4 address of four bytes in network order.
    package init(v4 bits: UInt32) {
        self.bits = Self.mappedPrefix | UInt128(bits)
    }

    /// An IPv6 address of sixteen bytes in network order.
    package init(v6 bits: UInt128) {
        self.bits = bits
    }

    /// Reads dotted decimal with four parts, or IPv6 text without brackets and zone; nil for anything else.
    package init?(_ text: String) {
        // inet_pton stops at a zero byte, and so would take what comes before one.
        guard !text.utf8.contains(0) else { return nil }
        var v4 = in_addr()
        var v6 = in6_addr()
        if unsafe inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if unsafe inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6: unsafe withUnsafeBytes(of: &v6) { unsafe Self.number(Array($0)) })
        } else {
            return nil
        }
    }

    /// Reads the bytes of a socket address of a family; nil for families other than IPv4 and IPv6.
    init?(family: Int32, socketAddress bytes: [UInt8]) {
        // Ports come first: 4 bytes of family and port; IPv6 has 4 more of flow information.
        switch family {
        case AF_INET where bytes.count >= 8: self.init(v4: UInt32(truncatingIfNeeded: Self.number(Array(bytes[4..<8]))))
        case AF_INET6 where bytes.count >= 24: self.init(v6: Self.number(Array(bytes[8..<24])))
        default: return nil
        }
    }

    /// Whether the address is an IPv4 one, in either form.
    package var isV4: Bool { bits >> 32 == 0xFFFF }

    private static func number(_ bytes: [UInt8]) -> UInt128 {
        bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }
}
