import HTTPTypes
import NIOHTTP1

/// What the head of a request must be.
enum RequestHead {
    /// Why a head that could be decoded is refused; nil where it is not.
    static func refusal(of head: HTTPRequestHead) -> Problem? {
        guard head.method != .CONNECT else {
            return Problem(
                .notImplemented, "This is no proxy", detail: "CONNECT is not understood; send requests to this service")
        }
        let codings = head.headers["transfer-encoding"]
        guard codings.isEmpty || codings.map({ $0.lowercased() }) == ["chunked"] else {
            return Problem(
                .notImplemented, "This transfer coding is not understood",
                detail: "Transfer-Encoding must be chunked or be left out; bodies may have the Content-Encoding gzip")
        }
        let hosts = head.headers["host"]
        guard hosts.count == 1 || (hosts.isEmpty && head.version == .http1_0) else {
            return .brokenOff("a request has one Host header")
        }
        guard hosts.allSatisfy(HostField.isValid) else {
            return .brokenOff("Host is a name or an address, and where needed a port, such as localhost:8080")
        }
        guard isTarget(head.uri) else {
            return .brokenOff("a request is for a path, which begins with a slash")
        }
        return nil
    }

    /// A path, the server itself, or an absolute address with a name like that of the Host header.
    private static func isTarget(_ uri: String) -> Bool {
        if uri.utf8.first == UInt8(ascii: "/") || uri == "*" { return true }
        guard let start = uri.firstRange(of: "://"), ["http", "https"].contains(uri[..<start.lowerBound].lowercased())
        else { return false }
        return HostField.isValid(String(uri[start.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }))
    }

    /// What is told of bytes that are no request.
    static func problem(of error: HTTPParserError, isInFirstLine: Bool) -> Problem {
        switch error {
        case .headerOverflow where isInFirstLine:
            Problem(
                .uriTooLong, "The address is too long",
                detail: "it may have \(Connections.mostHeaderBytes) bytes; queries may be sent as the body of a POST")
        case .headerOverflow:
            Problem(
                .requestHeaderFieldsTooLarge, "There are too many headers",
                detail: "send at most \(Connections.mostHeaders) with \(Connections.mostHeaderBytes) bytes together")
        case .invalidVersion:
            Problem(
                .httpVersionNotSupported, "This version of HTTP is not spoken here", detail: "send HTTP/1.1 or HTTP/1.0"
            )
        case .invalidMethod:
            Problem(
                .notImplemented, "This method is not understood", detail: "methods are words in upper case, as in GET")
        default: .brokenOff("what came is not what HTTP/1.1 says")
        }
    }
}
