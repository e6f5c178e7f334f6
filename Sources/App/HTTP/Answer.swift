import HTTPTypes
import Hummingbird
import JSON

/// Answers in JSON.
enum Answer {
    /// A JSON document.
    static func json(
        _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], _ write: (inout JSONWriter) throws -> Void
    ) rethrows -> Response {
        var writer = JSONWriter()
        try write(&writer)
        return bytes(status, headers: headers, type: "application/json", writer.bytes)
    }

    /// A JSON document that exists as a node.
    static func node(_ status: HTTPResponse.Status = .ok, _ node: JSONNode) -> Response {
        json(status) { $0.value(node) }
    }

    /// Plain text of a media type.
    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        bytes(.ok, type: type, Array(text.utf8))
    }

    /// Bytes of a media type.
    static func bytes(
        _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], type: String, _ bytes: [UInt8]
    ) -> Response {
        var fields = headers
        fields[.contentType] = type
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Done, and nothing to say.
    static var empty: Response { Response(status: .noContent) }
}
