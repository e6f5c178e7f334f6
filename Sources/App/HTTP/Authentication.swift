import HTTPTypes
import Hummingbird
import Monitoring

/// Lets a request through that comes from this machine, or that shows a key.
///
/// A request that a proxy on this machine forwarded is not from this machine.
struct Authentication: RouterMiddleware {
    typealias Context = APIContext

    let keys: KeyRing
    let now: @Sendable () -> Time

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if Self.open.contains(request.uri.path) || isLocal(request, context) {
            return try await next(request, context)
        }
        let header = request.headers[.authorization] ?? ""
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            try await keys.key(for: String(parts[1]), at: now()) != nil
        else {
            throw Problem(
                .unauthorized, "A key is needed",
                detail: "send `Authorization: Bearer KEY` with a key made by `driftline keys create`",
                headers: [.wwwAuthenticate: "Bearer"])
        }
        return try await next(request, context)
    }

    /// What load balancers ask without a key.
    private static let open: Set<String> = ["/healthz", "/readyz"]

    private func isLocal(_ request: Request, _ context: APIContext) -> Bool {
        guard let host = context.remoteHost else { return true }
        let isForwarded = Self.forwarding.contains { request.headers[$0] != nil }
        return !isForwarded && (host.hasPrefix("127.") || host == "::1" || host.hasPrefix("::ffff:127."))
    }

    private static let forwarding: [HTTPField.Name] = ["forwarded", "x-forwarded-for", "x-real-ip"].compactMap {
        HTTPField.Name($0)
    }
}
