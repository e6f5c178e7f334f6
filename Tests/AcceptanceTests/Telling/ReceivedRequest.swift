import Foundation
import JSON

/// A request that a receiver got.
struct ReceivedRequest: Sendable {
    /// The path that was called.
    let path: String

    /// The headers, by names in lower case.
    let headers: [String: String]

    /// The body, byte for byte.
    let body: [UInt8]

    /// When it came, in seconds since 1970.
    let arrival: Double

    /// The status that it was answered with.
    var status = 0

    /// The body as JSON.
    var document: JSONNode {
        get throws { try JSONNode(parsing: body) }
    }

    /// The message's id, the same at every attempt.
    var id: String { headers["webhook-id"] ?? "" }

    /// Reads a request; nil while bytes are missing.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard bytes.count - end.upperBound >= length else { return nil }
        path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
        body = Array(bytes[end.upperBound...].prefix(length))
        self.headers = headers
        arrival = Date().timeIntervalSince1970
    }

    /// Why the request is not a message of Standard Webhooks 1.0 signed with a secret; nil if it is.
    func fault(secret: String) -> String? {
        guard let signature = headers["webhook-signature"], let timestamp = headers["webhook-timestamp"], !id.isEmpty
        else { return "a header is missing" }
        guard let seconds = Double(timestamp), (seconds - arrival).magnitude <= 300 else { return "its time is off" }
        guard let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count))) else { return "no secret" }
        let code = SHA256.code(of: Array("\(id).\(timestamp).".utf8) + body, key: Array(key))
        let expected = "v1," + Data(code).base64EncodedString()
        return signature.split(separator: " ").contains { $0 == expected } ? nil : "no signature is right"
    }
}
