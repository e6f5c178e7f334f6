import HTTPTypes
import Synchronization

/// Which methods each path has, so that another one is told apart from a path that is not there.
final class AllowedMethods: Sendable {
    private let routes = Mutex<[(path: [Substring], method: HTTPRequest.Method)]>([])

    /// Takes the routes once all are there.
    func take(_ described: some Sequence<(path: String, method: HTTPRequest.Method)>) {
        let list = described.map { (path: $0.path.split(separator: "/"), method: $0.method) }
        routes.withLock { $0 = list }
    }

    /// The methods of a path, as an `Allow` header names them; empty where there is no such path.
    func of(_ path: String) -> [String] {
        let parts = path.split(separator: "/")
        let methods = routes.withLock { routes in
            routes.filter { route in
                route.path.count == parts.count
                    && zip(route.path, parts).allSatisfy { $0.hasPrefix("{") || $0.utf8.elementsEqual($1.utf8) }
            }.map(\.method.rawValue)
        }
        return Set(methods.contains("GET") ? methods + ["HEAD"] : methods).sorted()
    }
}
