import HTTPTypes
package import Hummingbird
import JSON

/// A problem document (RFC 9457): the only place that knows status codes of failures.
///
/// It never repeats a value that was sent, only where it stood and what to send instead.
package struct Problem: Error, HTTPResponseError {
    package let status: HTTPResponse.Status
    let title: String
    let detail: String?
    /// Further members of the document, such as a receipt's.
    let members: [JSONNode.Member]
    let headers: HTTPFields

    init(
        _ status: HTTPResponse.Status, _ title: String, detail: String? = nil, members: [JSONNode.Member] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.title = title
        self.detail = detail
        self.members = members
        self.headers = headers
    }

    /// The document's bytes.
    var body: [UInt8] {
        var writer = JSONWriter()
        writer.object { document in
            document.member("type", "about:blank")
            document.member("title", title)
            document.member("status", status.code)
            if let detail { document.member("detail", detail) }
            for member in members { document.member(member.name, member.value) }
        }
        return writer.bytes
    }

    package func response(from request: Request, context: some RequestContext) -> Response {
        answer
    }

    /// The answer that tells of it.
    var answer: Response {
        var fields = headers
        fields[.contentType] = "application/problem+json"
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension Problem {
    /// 400: the request cannot be read at all.
    static func unreadable(_ detail: String) -> Problem {
        Problem(.badRequest, "The request cannot be read", detail: detail)
    }

    /// 400: what comes cannot be told apart from what came; the connection ends.
    static func brokenOff(_ detail: String) -> Problem {
        Problem(.badRequest, "The request cannot be read", detail: detail, headers: [.connection: "close"])
    }

    /// 404: nothing is called so.
    static func unknown(_ noun: String) -> Problem {
        Problem(.notFound, "There is no such \(noun)", detail: "check the name; names are case sensitive")
    }

    /// 409: it contradicts what is there.
    static func conflict(_ detail: String) -> Problem {
        Problem(.conflict, "This contradicts what is there", detail: detail)
    }

    /// 405: what is there takes other methods only.
    static func notAllowed(_ methods: [String]) -> Problem {
        Problem(
            .methodNotAllowed, "This path does not take this method",
            detail: "it takes " + methods.joined(separator: ", "),
            headers: [.allow: methods.joined(separator: ", ")])
    }

    /// 408: it came too slowly to be waited for.
    static func tooSlow(_ detail: String) -> Problem {
        Problem(.requestTimeout, "The request came too slowly", detail: detail, headers: [.connection: "close"])
    }

    /// 413: more than is taken in one request.
    static func tooLarge(_ detail: String) -> Problem {
        Problem(.contentTooLarge, "The request is too large", detail: detail)
    }

    /// 415: a media type that is not taken here.
    static func unsupportedMediaType(_ detail: String) -> Problem {
        Problem(
            .unsupportedMediaType, "This media type is not taken here", detail: detail,
            headers: acceptPost.map { [$0: "application/json, application/x-ndjson, text/csv"] } ?? [:])
    }

    private static let acceptPost = HTTPField.Name("Accept-Post")

    /// 415: a coding of the content that is not undone here.
    static func unsupportedCoding() -> Problem {
        Problem(
            .unsupportedMediaType, "This coding of the content is not taken here",
            detail: "Content-Encoding must be gzip or be left out", headers: [.acceptEncoding: "gzip"])
    }

    /// 400: a parameter that cannot be there.
    static func parameter(_ name: String, _ detail: String) -> Problem {
        Problem(
            .badRequest, "The request cannot be read", detail: "?\(name): \(detail)",
            members: [
                JSONNode.Member("errors", .array([["pointer": .string("?\(name)"), "detail": .string(detail)]]))
            ])
    }

    /// 422: well formed, but it cannot be so.
    static func invalid(_ mistakes: [(pointer: String, detail: String)]) -> Problem {
        let list = JSONNode.array(
            mistakes.prefix(100).map { ["pointer": .string($0.pointer), "detail": .string($0.detail)] })
        let first = mistakes.first.map { "\($0.pointer): \($0.detail)" }
        return Problem(
            .unprocessableContent, "The request is not valid", detail: first,
            members: [JSONNode.Member("errors", list)])
    }

    /// 503: come back later.
    static func unavailable(_ detail: String, seconds: Int = 1) -> Problem {
        Problem(
            .serviceUnavailable, "The service cannot do this right now", detail: detail,
            headers: [.retryAfter: String(seconds)])
    }
}
