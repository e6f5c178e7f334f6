import NIOHTTP1

@testable import App

/// What decides to whom a request is said.
enum RequestTargets {
    /// A host that is taken reads the same to everybody: one name, one port, nothing that is not ASCII.
    static func hosts(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: text, headers: ["host": text])
        let isRefused = RequestHead.refusal(of: head) != nil
        guard HostField.isValid(text) else {
            precondition(isRefused, "what is no host is refused")
            return
        }
        let isWord = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@,\\".utf8.contains($0) }
        precondition(isWord, "a host is one word")
        guard let host = RequestHost(text) else { preconditionFailure("a valid host has a name") }
        let spellings = host.port.isEmpty ? [host.name, host.name + ":"] : ["\(host.name):\(host.port)"]
        precondition(spellings.contains(text.lowercased()), "both readers find the same name and port")
        precondition(!host.port.contains(":"), "a host has one port")
    }
}
