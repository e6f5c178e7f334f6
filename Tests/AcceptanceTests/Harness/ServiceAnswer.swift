import Curl
import JSON

/// An answer of the service.
struct ServiceAnswer: Sendable, CustomStringConvertible {
    /// The status code.
    let status: Int

    /// The content type, without parameters.
    let type: String

    /// The body.
    let body: [UInt8]

    /// For how many seconds the client is asked to wait; nil where it is not.
    let retryAfter: Int?

    init(_ response: HTTPResponse) {
        status = response.status
        type = response.header("content-type")?.split(separator: ";").first.map(String.init) ?? ""
        body = response.body
        retryAfter = response.header("retry-after").flatMap { Int($0) }
    }

    /// Whether the request was taken.
    var isSuccess: Bool { (200..<300).contains(status) }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; null where there is none.
    var document: JSONNode {
        get throws { body.isEmpty ? .null : try JSONNode(parsing: body) }
    }

    var description: String { "\(status) \(text.prefix(600))" }
}
