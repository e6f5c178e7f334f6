import HTTPTypes
import Hummingbird

/// What a request must not leave open: one key at most and not in its address, one name for what it asks for, and nothing expected
/// that is not done here.
struct RequestRules: RouterMiddleware {
    typealias Context = APIContext

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.headers[values: .authorization].count <= 1 else {
            throw Problem.unreadable("there are two Authorization headers; send one")
        }
        // Bytes, because a slash with a combining mark behind it is another character.
        let path = request.uri.path.utf8
        guard !zip(path, path.dropFirst()).contains(where: { $0 == Self.slash && $1 == Self.slash }) else {
            throw Problem.unknown("path")
        }
        try Self.check(request.uri.query ?? "")
        if let expectation = request.headers[.expect], expectation.lowercased() != "100-continue" {
            throw Problem(
                .expectationFailed, "Nothing but 100-continue can be expected",
                detail: "leave the header Expect out, or send 100-continue")
        }
        return try await next(request, context)
    }

    private static let slash = UInt8(ascii: "/")

    /// How many parameters an address may have: a dashboard may choose some hundred series.
    private static let mostParameters = 1000

    /// What may carry a key elsewhere; here an address is no place for one, because addresses are logged.
    private static let keyParameters: Set<String> = ["access_token", "api_key", "apikey", "key", "token"]

    private static func check(_ query: String) throws(Problem) {
        let pairs = query.utf8.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= mostParameters else {
            throw .unreadable("an address has at most \(mostParameters) parameters; send more as the body of a POST")
        }
        for pair in pairs {
            guard let name = String(pair.prefix { $0 != UInt8(ascii: "=") }), keyParameters.contains(name.lowercased())
            else { continue }
            throw .parameter(name, "a key belongs into the header `Authorization: Bearer KEY`")
        }
    }
}
