import Alerting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Monitoring
import Testing

@testable import App

/// Every route with everybody who may come, from the table of routes itself.
@Suite(.timeLimit(.minutes(3)))
struct AccessMatrixTests {
    /// Who asks.
    enum Caller: CaseIterable {
        case nobody, strangersKey, key, keyAsPassword
    }

    private static let open: Set<String> = ["/healthz", "/readyz"]

    private static func headers(_ caller: Caller, _ key: String) -> HTTPFields {
        var fields: HTTPFields = [:]
        if let name = HTTPField.Name("x-forwarded-for") { fields[name] = "203.0.113.7" }
        switch caller {
        case .nobody: break
        case .strangersKey: fields[.authorization] = "Bearer dlk_\(String(repeating: "0", count: 64))"
        case .key: fields[.authorization] = "Bearer \(key)"
        case .keyAsPassword: fields[.authorization] = "Basic \(Base64.encoded("me:\(key)".utf8))"
        }
        return fields
    }

    @Test(arguments: Caller.allCases)
    func `every route lets in who shows a key, and nobody else`(caller: Caller) async throws {
        try await ServiceFixture.with { service in
            let key = try await KeyRing.create(name: "k", in: service.store, at: service.time.now)
            #expect(service.routes.count >= 60)
            var tried = 0
            for route in service.routes {
                let path = Self.filled(route.path)
                // The run's own token decides there; see the tests of retraining.
                guard !path.hasSuffix("/status") || path.hasPrefix("/api/") else { continue }
                let status = try await service.client.execute(
                    uri: path, method: route.method, headers: Self.headers(caller, key)
                ) { $0.status.code }
                let isPage = path == "/" || path.hasPrefix("/pages/")
                let isIn = Self.open.contains(path) || caller == .key || caller == .keyAsPassword && isPage
                #expect(isIn ? status != 401 && status != 403 : status == 401, "\(route.method) \(path): \(status)")
                tried += 1
            }
            print("\(tried) routes as \(caller)")
        }
    }

    @Test(
        arguments: [
            (["sec-fetch-site": "cross-site"], false), (["sec-fetch-site": "same-site"], false),
            (["sec-fetch-site": "same-origin"], true), (["sec-fetch-site": "none"], true), ([:], true),
            (["origin": "https://evil.example"], false), (["origin": "null"], false),
            (["origin": "http://127.0.0.1:3000"], false), (["origin": "http://localhost"], true),
        ] as [([String: String], Bool)])
    func `a page of another site changes nothing through a browser, on any route`(
        headers: [String: String], isLetIn: Bool
    ) async throws {
        try await ServiceFixture.with { service in
            var fields: HTTPFields = [:]
            for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
            for route in service.routes where ![.get, .head].contains(route.method) {
                let path = Self.filled(route.path)
                guard !path.hasSuffix("/status") || path.hasPrefix("/api/") else { continue }
                let status = try await service.client.execute(uri: path, method: route.method, headers: fields) {
                    $0.status.code
                }
                #expect((status != 403) == isLetIn, "\(route.method) \(path): \(status)")
            }
        }
    }

    @Test(
        arguments: [
            ("127.0.0.1:8080", true), ("[::1]:8080", true), ("localhost:8080", true), ("machine", true),
            ("a.localhost", true), ("monitor.example:443", true), ("Monitor.Example", true),
            ("evil.example:8080", false), ("127.0.0.1.evil.example", false), ("monitor.example.evil", false),
        ])
    func `a name that others can point at this machine is not ours`(host: String, isOurs: Bool) throws {
        #expect(try #require(RequestHost(host)).isOurs(["monitor.example"]) == isOurs)
    }

    /// A path with something in every place of it.
    private static func filled(_ path: String) -> String {
        let parts = path.split(separator: "/").map { part in
            part.hasPrefix(":") || part.hasPrefix("{") ? "nobody" : String(part)
        }
        return "/" + parts.joined(separator: "/")
    }
}
