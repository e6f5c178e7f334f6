import HTTPTypes
import Hummingbird
import Logging
import Monitoring
import Postgres

/// Turns every error into a problem document: known ones with their status, others into 500 without their text.
struct ProblemAnswers: RouterMiddleware {
    typealias Context = APIContext

    let methods: AllowedMethods

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return problem.response(from: request, context: context)
        } catch let refusal as SchemaRefusal {
            return Self.problem(refusal).response(from: request, context: context)
        } catch let error as IngestError {
            return Self.problem(error).response(from: request, context: context)
        } catch let error as PostgresError where error.isTransient {
            context.logger.warning("the database did not answer", metadata: ["error": "\(error)"])
            return Problem.unavailable("the database cannot be reached; try again", seconds: 2)
                .response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            let allowed = error.status == .notFound ? methods.of(request.uri.path) : []
            if !allowed.isEmpty, !allowed.contains(request.method.rawValue) {
                return Problem.notAllowed(allowed).response(from: request, context: context)
            }
            return Problem(error.status, error.status.reasonPhrase).response(from: request, context: context)
        } catch {
            context.logger.error("a request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return Problem(
                .internalServerError, "The service failed",
                detail: "the service's log says more under this request's time"
            ).response(from: request, context: context)
        }
    }

    private static func problem(_ refusal: SchemaRefusal) -> Problem {
        guard refusal.isConflict else { return .invalid(refusal.mistakes.map { ($0.pointer, $0.detail) }) }
        return .conflict(refusal.mistakes.map { "\($0.pointer): \($0.detail)" }.joined(separator: "; "))
    }

    private static func problem(_ error: IngestError) -> Problem {
        switch error {
        case .overloaded: .unavailable("more requests wait than fit in memory; send this one again")
        case .stopping: .unavailable("the service is stopping; send this request again", seconds: 5)
        case .unavailable:
            .unavailable(
                "the database did not answer; send this request again: rows with ids, and others with the same Idempotency-Key, count once",
                seconds: 2)
        case .busy(let reason): .unavailable(reason)
        case .storage:
            Problem(.internalServerError, "The rows could not be stored", detail: "the service's log says why")
        }
    }
}
