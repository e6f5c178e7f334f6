import JSON

/// One request to a running service.
struct ServiceCall {
    /// The method, such as `PUT`.
    var method: String

    /// Path and query, as they go into the request line.
    var target: String

    /// The media type of the body.
    var contentType = "application/json"

    /// The body, empty for none.
    var body: [UInt8] = []

    /// How long one attempt may take.
    var timeout: Duration = .seconds(120)

    /// A reading request.
    static func get(_ target: String) -> Self {
        Self(method: "GET", target: target)
    }

    /// A request with a JSON document.
    static func json(_ method: String, _ target: String, _ document: JSONNode) -> Self {
        Self(method: method, target: target, body: document.bytes)
    }

    /// A request with rows of CSV.
    static func csv(_ method: String, _ target: String, _ body: [UInt8]) -> Self {
        Self(method: method, target: target, contentType: "text/csv", body: body)
    }

    /// A text as one segment of a path or one value of a query: all but unreserved characters escaped.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let isUnreserved =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            if isUnreserved {
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return escaped
    }
}
