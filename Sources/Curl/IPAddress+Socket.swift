internal import Addresses

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension IPAddress {
    /// Reads the bytes of a socket address of a family; nil for families other than IPv4 and IPv6.
    init?(family: Int32, socketAddress bytes: [UInt8]) {
        func number(_ bytes: ArraySlice<UInt8>) -> UInt128 { bytes.reduce(0) { $0 << 8 | UInt128($1) } }
        // Ports come first: 4 bytes of family and port; IPv6 has 4 more of flow information.
        switch family {
        case AF_INET where bytes.count >= 8: self.init(v4: UInt32(truncatingIfNeeded: number(bytes[4..<8])))
        case AF_INET6 where bytes.count >= 24: self.init(v6: number(bytes[8..<24]))
        default: return nil
        }
    }
}
