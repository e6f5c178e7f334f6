import NIOHTTP1

@testable import App

/// What decides to whom a request is said.
enum RequestTargets {
    /// A host that is taken reads the same to everybody: no second name, no port beside the first, nothing that is not ASCII.
    static func hosts(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: text, headers: ["host": text])
        let refusal = RequestHead.refusal(of: head)
        guard HostField.isValid(text) else { return precondition(refusal != nil, "what is no host is refused") }
        precondition(
            text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@,\\".utf8.contains($0) }, "a host is one word")
        let afterBrackets = text.utf8.drop { $0 != UInt8(ascii: "]") }
        let unbracketed = afterBrackets.isEmpty ? text.utf8[...] : afterBrackets
        precondition(unbracketed.count(where: { $0 == UInt8(ascii: ":") }) <= 1, "a host has one port")
        guard let host = RequestHost(text) else { return preconditionFailure("a valid host has a name") }
        let again = host.port.isEmpty ? [host.name, host.name + ":"] : ["\(host.name):\(host.port)"]
        precondition(again.contains(text.lowercased()), "both readers find the same name and port")
    }
}
