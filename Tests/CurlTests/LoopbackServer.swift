import Foundation
import Glibc
import Synchronization

/// A raw server on 127.0.0.1 that does to each connection what a test tells it.
final class LoopbackServer: Sendable {
    /// One accepted connection after its request has been read.
    struct Exchange: Sendable {
        let socket: Int32
        let head: String
        let body: [UInt8]

        func write(_ text: String) {
            write(Array(text.utf8))
        }

        func write(_ bytes: [UInt8]) {
            var sent = 0
            while sent < bytes.count {
                let count = unsafe bytes.withUnsafeBytes { buffer in
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[sent...])
                    return unsafe send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                }
                if count <= 0 { return }
                sent += count
            }
        }

        /// Ends the connection with a reset instead of an orderly end.
        func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }

        /// Waits until the other side ends the connection.
        func waitForEnd() {
            var byte: UInt8 = 0
            while unsafe recv(socket, &byte, 1, 0) > 0 {}
        }
    }

    let port: Int
    private let listener: Int32
    private let exchanges = Mutex<[Exchange]>([])
    private let connections = Mutex(0)

    /// The requests so far.
    var requests: [Exchange] { exchanges.withLock { $0 } }

    /// How many connections were accepted.
    var connectionCount: Int { connections.withLock { $0 } }

    var url: String { "http://127.0.0.1:\(port)" }

    init(_ answer: @escaping @Sendable (Exchange) -> Void) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
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
        listen(listener, 64)
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let socket = accept(listener, nil, nil)
                if socket < 0 { return }
                self?.connections.withLock { $0 += 1 }
                Thread.detachNewThread { [weak self] in
                    if let exchange = Self.read(socket) {
                        self?.exchanges.withLock { $0.append(exchange) }
                        answer(exchange)
                    }
                    close(socket)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func read(_ socket: Int32) -> Exchange? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { return nil }
            bytes += buffer[..<count]
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { continue }
            let head = String(decoding: bytes[..<end], as: UTF8.self)
            let length = head.split(separator: "\r\n").compactMap { line -> Int? in
                guard line.lowercased().hasPrefix("content-length:") else { return nil }
                return Int(line.split(separator: ":")[1].trimmingCharacters(in: .whitespaces))
            }
            if bytes.count - end >= length.first ?? 0 {
                return Exchange(socket: socket, head: head, body: Array(bytes[end...]))
            }
        }
    }
}
