import Alerting
import HTTPTypes
import Hummingbird
import Monitoring

/// Lets a request through that comes from this machine, or that shows a key.
///
/// A request that a proxy on this machine forwarded is not from this machine. Neither is one that a page of another site made a
/// browser on this machine send, or one to a name that somebody else may have pointed at this machine.
struct Authentication: RouterMiddleware {
    typealias Context = APIContext

    let keys: KeyRing
    private let hosts: Set<String>
    private let wrongKeys = WrongKeys()
    let now: @Sendable () -> Time

    /// With the address under which others reach the service.
    init(keys: KeyRing, externalURL: String, now: @escaping @Sendable () -> Time) {
        self.keys = keys
        self.now = now
        hosts = RequestHost(url: externalURL).map { [$0.name] } ?? []
    }

    @concurrent
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if request.isFromOtherSite {
            throw Problem(
                .forbidden, "The page of another site sent this",
                detail: "only pages of this service may change anything through a browser")
        }
        if Self.open.contains(request.uri.path) || isLocal(request, context) {
            return try await next(request, context)
        }
        let isPage = request.uri.path == "/" || request.uri.path.hasPrefix("/pages/")
        let text = Self.key(in: request.headers[.authorization] ?? "", isPage: isPage)
        guard let text, try await keys.key(for: text, at: now()) != nil else {
            if text != nil, let seconds = wrongKeys.count(from: context.remoteHost ?? "", at: now()) {
                throw Problem(
                    .tooManyRequests, "Too many wrong keys came from this address",
                    detail: "wait, and send a key made by `driftline keys create`",
                    headers: [.retryAfter: String(seconds)])
            }
            throw Problem(
                .unauthorized, "A key is needed",
                detail: "send `Authorization: Bearer KEY` with a key made by `driftline keys create`"
                    + (isPage ? ", or give the key as the password" : ""),
                headers: [.wwwAuthenticate: isPage ? "Basic realm=\"Driftline\", charset=\"UTF-8\"" : "Bearer"])
        }
        return try await next(request, context)
    }

    /// What load balancers ask without a key.
    private static let open: Set<String> = ["/healthz", "/readyz"]

    /// The key of a header: a bearer's, or of a browser on our pages the password, whatever the name.
    private static func key(in header: String, isPage: Bool) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic" where isPage:
            guard parts[1].utf8.count <= 1024, let bytes = Base64.decoded(parts[1]) else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            return text.firstIndex(of: ":").map { String(text[$0...].dropFirst()) }
        default: return nil
        }
    }

    private func isLocal(_ request: Request, _ context: APIContext) -> Bool {
        if Self.forwarding.contains(where: { request.headers[$0] != nil }) { return false }
        guard let peer = context.remoteHost else { return true }
        guard peer.hasPrefix("127.") || peer == "::1" || peer.hasPrefix("::ffff:127.") else { return false }
        return request.head.authority.flatMap { RequestHost($0) }?.isOurs(hosts) ?? true
    }

    private static let forwarding: [HTTPField.Name] = ["forwarded", "x-forwarded-for", "x-real-ip"].compactMap {
        HTTPField.Name($0)
    }
}
