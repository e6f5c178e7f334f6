import Foundation
import Glibc
import Synchronization

/// A name server on 127.0.0.77, port 53, whose answers a test makes up and which nobody may remember.
final class NameServer: Sendable {
    /// Addresses of a name at its next question, four bytes each for IPv4 and sixteen for IPv6.
    typealias Zone = @Sendable (_ name: String, _ earlier: Int) -> [[UInt8]]

    static let address = "127.0.0.77"
    private let listener: Int32
    private let asked = Mutex<[String: Int]>([:])
    private let zone: Zone

    /// Nil where the port cannot be had.
    init?(_ zone: @escaping Zone) {
        self.zone = zone
        listener = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_004D).bigEndian
        address.sin_port = UInt16(53).bigEndian
        let listener = listener
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(listener)
            return nil
        }
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        Thread.detachNewThread { [weak self] in
            while self?.answerNext(listener) ?? false {}
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// How often addresses of a name were asked for.
    func questions(about name: String) -> Int { asked.withLock { $0[name] ?? 0 } }

    private func answerNext(_ listener: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 512)
        var peer = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe recvfrom(listener, &buffer, buffer.count, 0, $0, &length)
            }
        }
        guard count > 0 else { return false }
        guard let answer = answer(to: Array(buffer[..<count])) else { return true }
        _ = unsafe withUnsafePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(listener, answer, answer.count, 0, $0, length)
            }
        }
        return true
    }

    /// The answer to a question about the A or AAAA records of one name.
    private func answer(to question: [UInt8]) -> [UInt8]? {
        guard question.count > 17 else { return nil }
        var labels: [String] = []
        var index = 12
        while index < question.count, question[index] != 0 {
            let end = index + 1 + Int(question[index])
            guard end < question.count else { return nil }
            labels.append(String(decoding: question[(index + 1)..<end], as: UTF8.self).lowercased())
            index = end
        }
        guard index + 5 <= question.count else { return nil }
        let size = question[index + 2] == 28 ? 16 : question[index + 2] == 1 ? 4 : 0
        let name = labels.joined(separator: ".")
        let earlier = asked.withLock { asked in
            defer { if size == 4 { asked[name, default: 0] += 1 } }
            return asked[name] ?? 0
        }
        let addresses = zone(name, earlier).filter { $0.count == size }
        var answer = Array(question[..<2]) + [0x81, 0x80, 0, 1, 0, UInt8(addresses.count), 0, 0, 0, 0]
        answer += question[12..<(index + 5)]
        for address in addresses {
            // The name of the question, its type, the class of the Internet, a time to live of nothing.
            answer += [0xC0, 12, 0, size == 4 ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, UInt8(size)] + address
        }
        return answer
    }
}
