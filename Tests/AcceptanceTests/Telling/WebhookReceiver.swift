import Foundation
import Glibc
import Synchronization

/// A small HTTP server on a thread of its own, which notes what it is sent.
final class WebhookReceiver: Sendable {
    private struct State {
        var requests: [ReceivedRequest] = []
        var connections = 0
        var location: String?
        var isClosed = false
    }

    /// The port that it listens on.
    let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let status: @Sendable (ReceivedRequest, _ earlier: [ReceivedRequest]) -> Int

    /// What messages to the tests' receivers are signed with.
    static let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"

    /// Instead of a status: the answer comes when the sender has given up.
    static let late = -1
    /// Instead of a status: the connection is reset.
    static let reset = -2

    /// A receiver that answers with the status that the closure says, which also sees all earlier requests.
    ///
    /// It listens on the last byte of 127.0.0.0/24, and on a port of its own unless one is given.
    init(
        host: UInt8 = 1, port wanted: Int = 0,
        status: @escaping @Sendable (ReceivedRequest, [ReceivedRequest]) -> Int = { _, _ in 200 }
    ) {
        self.status = status
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7F00_0000) | UInt32(host)).bigEndian
        address.sin_port = UInt16(wanted).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(listener, address, length)
                unsafe getsockname(listener, address, &length)
            }
        }
        listen(listener, 64)
        Self.keepFromChildren(listener)
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Self.keepFromChildren(connection)
                self?.state.withLock { $0.connections += 1 }
                Thread.detachNewThread { [weak self] in
                    self?.serve(connection)
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The address of a path.
    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// What has been received so far, in order.
    var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    /// The address that answers of 300 to 399 lead to.
    var location: String? {
        get { state.withLock { $0.location } }
        set { state.withLock { $0.location = newValue } }
    }

    /// How many connections were opened, whatever came over them.
    var connections: Int { state.withLock { $0.connections } }

    /// What was received on a path and taken, in order, each message once.
    func taken(on path: String) -> [ReceivedRequest] {
        var known: Set<String> = []
        return requests.filter { $0.path == path && $0.status == 200 && known.insert($0.id).inserted }
    }

    /// The processes that the tests start must not hold a connection open.
    private static func keepFromChildren(_ socket: Int32) {
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    }

    private func serve(_ connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if var request = ReceivedRequest(bytes) {
                let answer = state.withLock { state in
                    request.status = status(request, state.requests)
                    state.requests.append(request)
                    return request.status
                }
                if answer == Self.reset {
                    var option = linger(l_onoff: 1, l_linger: 0)
                    unsafe setsockopt(
                        connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                    return
                }
                if answer == Self.late {
                    while unsafe recv(connection, &buffer, buffer.count, 0) > 0 {}
                }
                let place = (300...399).contains(answer) ? location.map { "Location: \($0)\r\n" } ?? "" : ""
                let text =
                    "HTTP/1.1 \(max(answer, 200)) Answer\r\n\(place)Content-Length: 0\r\nConnection: close\r\n\r\n"
                let reply = Array(text.utf8)
                _ = unsafe send(connection, reply, reply.count, Int32(MSG_NOSIGNAL))
                return
            }
            let count = unsafe recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer[..<count]
        }
    }
}
