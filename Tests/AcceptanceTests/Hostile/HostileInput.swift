import Foundation
import Testing

/// Something that is sent by mistake or by intent, and how it must be answered.
struct HostileInput: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the answer may be.
    let statuses: Set<Int>
    /// How many rows of it must be stored; nil where it has none.
    var accepted: Int?
    /// What goes over the wire, made when it is sent: some are long.
    let bytes: @Sendable () -> [UInt8]

    var testDescription: String { name }

    /// A request as it stands on the wire.
    static func wire(_ name: String, _ statuses: Set<Int>, _ text: @escaping @Sendable () -> String) -> Self {
        HostileInput(name: name, statuses: statuses) { Array(text().utf8) }
    }

    /// A GET of a path with further headers.
    static func get(_ name: String, _ path: String, _ headers: String, _ status: Int) -> Self {
        wire(name, [status]) { "GET \(path) HTTP/1.1\r\n\(host)\(headers)\(end)" }
    }

    /// A GET of a path.
    static func get(_ name: String, _ path: String, _ status: Int) -> Self { get(name, path, "", status) }

    /// A GET of the page that everybody may see, with these lines instead of a Host header.
    static func head(_ name: String, _ lines: String, _ status: Int) -> Self {
        wire(name, [status]) { "GET /healthz HTTP/1.1\r\n\(lines)\(end)" }
    }

    /// A POST of rows whose framing is spelled out.
    static func framed(_ name: String, _ headers: String, _ body: String, _ statuses: Set<Int>) -> Self {
        wire(name, statuses) {
            "POST \(predictions) HTTP/1.1\r\n\(host)Content-Type: application/json\r\n\(headers)\(end)\(body)"
        }
    }

    /// A POST of bytes.
    static func post(
        _ name: String, _ status: Int, accepted: Int? = nil, type: String = "application/json", headers: String = "",
        to path: String = predictions, method: String = "POST", _ body: @escaping @Sendable () -> [UInt8]
    ) -> Self {
        HostileInput(name: name, statuses: [status], accepted: accepted) {
            let body = body()
            let head =
                "\(method) \(path) HTTP/1.1\r\n\(host)Content-Type: \(type)\r\n\(headers)Content-Length: \(body.count)\r\n\(end)"
            return Array(head.utf8) + body
        }
    }

    /// A POST of a JSON document.
    static func json(
        _ text: String, _ status: Int, accepted: Int? = nil, named name: String? = nil, to path: String = predictions
    ) -> Self {
        post(name ?? text, status, accepted: accepted, to: path) { Array(text.utf8) }
    }

    /// A POST of one row with an id of its own and this beside it.
    static func row(_ members: String, _ status: Int, named name: String? = nil) -> Self {
        post(name ?? members, status, accepted: status == 200 ? 1 : 0) {
            Array("[{\"prediction_id\":\"\(newID)\",\(members)}]".utf8)
        }
    }

    /// A POST of CSV; `#` stands for a new id.
    static func csv(_ text: String, _ status: Int, accepted: Int? = nil, named name: String? = nil) -> Self {
        post(name ?? text, status, accepted: accepted, type: "text/csv") {
            Array(text.split(separator: "#", omittingEmptySubsequences: false).joined(separator: newID).utf8)
        }
    }

    /// A POST of lines of JSON; `#` stands for a new id.
    static func lines(_ text: String, _ status: Int, accepted: Int, named name: String? = nil) -> Self {
        post(name ?? text, status, accepted: accepted, type: "application/x-ndjson") {
            Array(text.split(separator: "#", omittingEmptySubsequences: false).joined(separator: newID).utf8)
        }
    }

    /// An input of every text; of concrete types, which a compiler reads sooner than a chain of `map` and `+`.
    static func each(_ texts: [String], _ input: (String) -> Self) -> [Self] { texts.map(input) }

    /// Several lists as one.
    static func all(_ lists: [Self]...) -> [Self] { lists.flatMap { $0 } }

    static let host = "Host: driftline\r\n"
    static let end = "Connection: close\r\n\r\n"
    static let predictions = "/v1/models/\(HostileService.model)/predictions"
    static let labels = "/v1/models/\(HostileService.model)/labels"
    static var newID: String { UUID().uuidString }
}
