import Foundation
import Glibc

/// A TCP port of this machine that nobody listens on.
enum FreePort {
    /// Lets the system choose a port.
    static func next() -> Int {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(listener, address, length)
                unsafe getsockname(listener, address, &length)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
