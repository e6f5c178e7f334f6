import HTTPTypes
import Hummingbird

/// Asks clients to close their connections while the process drains, so that none is cut between two requests.
struct ConnectionEnds: RouterMiddleware {
    typealias Context = APIContext

    let readiness: Readiness

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if readiness.isDraining { response.headers[.connection] = "close" }
        return response
    }
}
