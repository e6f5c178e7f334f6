import Foundation
import Glibc
import Synchronization

/// A mail server on 127.0.0.1 that says what a test tells it, and keeps what it was told.
final class MailServerScript: Sendable {
    /// What one client said: its commands, and the message as it came.
    struct Session: Sendable {
        var commands: [String] = []
        var message = ""
    }

    let port: Int
    private let listener: Int32
    private let kept = Mutex<[Session]>([])

    var sessions: [Session] { kept.withLock { $0 } }

    /// A server whose reply to a command is that of the first word that the command begins with, else 250; `hang` says nothing more,
    /// `reset` ends the connection.
    init(replies: [String: String] = [:], banner: String = "220 mail.test ESMTP") {
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
        listen(listener, 16)
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let socket = accept(listener, nil, nil)
                if socket < 0 { return }
                Thread.detachNewThread { [weak self] in
                    let session = Self.serve(socket, replies, banner)
                    close(socket)
                    self?.kept.withLock { $0.append(session) }
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func serve(_ socket: Int32, _ replies: [String: String], _ banner: String) -> Session {
        var session = Session()
        var rest: [UInt8] = []
        func say(_ text: String) {
            let bytes = Array((text + "\r\n").utf8)
            _ = unsafe bytes.withUnsafeBytes { unsafe send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }
        func line() -> String? {
            while true {
                if let end = rest.firstIndex(of: 0x0A) {
                    defer { rest.removeFirst(end + 1) }
                    return String(decoding: rest[..<end].filter { $0 != 0x0D }, as: UTF8.self)
                }
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
                guard count > 0 else { return nil }
                rest += buffer.prefix(count)
            }
        }
        say(banner)
        while let command = line() {
            session.commands.append(command)
            let word = String(command.prefix { $0 != " " && $0 != ":" }).uppercased()
            let reply = replies.first { command.uppercased().hasPrefix($0.key) }?.value ?? standard[word] ?? "250 ok"
            if reply == "hang" {
                while line() != nil {}
                return session
            }
            if reply == "reset" { return session }
            say(reply)
            if word == "QUIT" { return session }
            if word == "AUTH", reply.hasPrefix("334"), let credentials = line() {
                session.commands.append(credentials)
                say("235 welcome")
            }
            guard word == "DATA", reply.hasPrefix("354") else { continue }
            var lines: [String] = []
            while let text = line(), text != "." { lines.append(text) }
            session.message = lines.joined(separator: "\r\n")
            say(replies["."] ?? "250 queued as 1")
        }
        return session
    }

    private static let standard = [
        "EHLO": "250-mail.test\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 1000000", "DATA": "354 go ahead", "QUIT": "221 bye",
        "AUTH": "334 ",
    ]
}
