/// The routes of an OpenAPI document in block style: its paths at the second column, their methods at the fourth.
struct ContractRoutes {
    /// One operation.
    struct Route: Hashable, CustomStringConvertible {
        let method: String
        let path: String
        var description: String { "\(method) \(path)" }
    }

    /// All operations in the order of the document.
    let routes: [Route]

    init(_ document: String) {
        var routes: [Route] = []
        var path: String?
        var isInPaths = false
        for line in document.split(separator: "\n") {
            let indent = line.prefix { $0 == " " }.count
            let key = line.dropFirst(indent).prefix { $0 != ":" }
            if indent == 0 { isInPaths = key == "paths" }
            guard isInPaths else { continue }
            if indent == 2 { path = key.hasPrefix("/") ? String(key) : nil }
            if indent == 4, let path, ["get", "put", "post", "delete", "patch"].contains(key) {
                routes.append(Route(method: key.uppercased(), path: path))
            }
        }
        self.routes = routes
    }
}
