import HTTPTypes
import Hummingbird

/// What a request must not leave open: one key at most, and nothing expected that is not done here.
struct RequestRules: RouterMiddleware {
    typealias Context = APIContext

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.headers[values: .authorization].count <= 1 else {
            throw Problem.unreadable("there are two Authorization headers; send one")
        }
        if let expectation = request.headers[.expect], expectation.lowercased() != "100-continue" {
            throw Problem(
                .expectationFailed, "Nothing but 100-continue can be expected",
                detail: "leave the header Expect out, or send 100-continue")
        }
        return try await next(request, context)
    }
}
