import Hummingbird

/// Gives every request a share of the budget for bodies.
struct BodyShares: RouterMiddleware {
    typealias Context = APIContext

    let budget: BodyBudget

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let share = BodyShare(of: budget)
        defer { share.end() }
        return try await BodyShare.$current.withValue(share) { try await next(request, context) }
    }
}
