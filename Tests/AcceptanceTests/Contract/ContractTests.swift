import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// The document that the service serves of itself.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct ContractTests {
        private let model = "contract"

        private func contract(_ client: ServiceClient) async throws -> String {
            let answer = try await client.send("GET", "/openapi.yaml")
            #expect(answer.status == 200 && answer.type == "application/yaml")
            return answer.text
        }

        private func prepare(_ client: ServiceClient) async throws {
            try await client.call(
                "PUT", "/v1/models/\(model)",
                [
                    "task": "none", "features": ["x": ["type": "numeric"]],
                    "windows": [["length": "1h", "step": "1h"]],
                ])
        }

        /// A path with something in every place of it.
        private func filled(_ path: String) -> String {
            var path = path.replacing("{model}", with: model).replacing("{fingerprint}", with: "0123456789abcdef")
            for (name, value) in [("{name}", "training"), ("{source}", "api"), ("{file}", "f"), ("{group}", "g")] {
                path = path.replacing(name, with: value)
            }
            while let place = path.firstRange(of: /\{[a-z_]+\}/) { path.replaceSubrange(place, with: "nobody") }
            return path
        }

        @Test
        func `every route of the contract is there, whatever it says to an empty request`() async throws {
            try await Service.with { service in
                let routes = ContractRoutes(try await contract(service.client)).routes
                #expect(routes.count >= 30)
                for route in routes {
                    try await prepare(service.client)
                    let answer = try await service.client.send(route.method, filled(route.path))
                    #expect(answer.status < 500, "\(route) -> \(answer)")
                    guard answer.status == 404 || answer.status == 405 else { continue }
                    if route.path.hasPrefix("/pages/") {
                        // Pages say it to people.
                        #expect(answer.status == 404 && answer.text.contains("<h1>"), "\(route) -> \(answer)")
                        continue
                    }
                    // A route that is there says what it has not found.
                    let detail = try answer.document["detail"]?.string ?? ""
                    #expect(answer.status == 404 && !detail.isEmpty, "\(route) -> \(answer)")
                }
            }
        }

        @Test
        func `a path that the contract does not have is answered with 404 as a problem document`() async throws {
            try await Service.with { service in
                let answer = try await service.client.send("GET", "/v1/nonsense")
                #expect(answer.status == 404 && answer.type == "application/problem+json")
            }
        }

        @Test
        func `the contract describes every route of the interface`() async throws {
            try await Service.with { service in
                let described = Set(ContractRoutes(try await contract(service.client)).routes.map(Self.shape))
                let missing = Self.promised.filter { !described.contains(Self.shape($0)) }
                #expect(missing.isEmpty)
            }
        }

        @Test
        func `the contract is YAML, as the service's own reader finds`() async throws {
            try await Service.withFolder { service in
                try await service.start()
                let text = try await contract(service.client)
                try await service.stop()
                let path = "\(service.folder)/openapi.yaml"
                try Data(text.utf8).write(to: URL(filePath: path))
                // Read as settings every key of its first level is a mistake, and the reader comes to all of them.
                let process = try service.launch(["--config", path])
                #expect(try await process.status(within: .seconds(15)) != 0)
                let log = service.log
                for key in ["openapi", "info", "paths", "components"] {
                    #expect(log.contains("no setting is called \(key);"), "\(log.suffix(2000))")
                }
                #expect(!log.contains("not YAML"), "\(log.suffix(2000))")
            }
        }

        /// A route without the names of its places.
        private static func shape(_ route: ContractRoutes.Route) -> String {
            route.description.replacing(/\{[a-z_]+\}/, with: "{}")
        }

        private static let promised = [
            "GET /v1/models", "PUT /v1/models/{model}", "GET /v1/models/{model}", "DELETE /v1/models/{model}",
            "PUT /v1/models/{model}/references/{name}", "GET /v1/models/{model}/references/{name}",
            "DELETE /v1/models/{model}/references/{name}", "POST /v1/models/{model}/predictions",
            "GET /v1/models/{model}/predictions",
            "POST /v1/models/{model}/labels",
            "POST /v1/models/{model}/watermark", "GET /v1/models/{model}/windows", "GET /v1/models/{model}/series",
            "GET /api/v1/query", "POST /api/v1/query", "GET /api/v1/query_range", "POST /api/v1/query_range",
            "GET /api/v1/series", "POST /api/v1/series", "GET /api/v1/labels", "POST /api/v1/labels",
            "GET /api/v1/label/{name}/values", "GET /api/v1/rules", "GET /api/v1/alerts", "GET /v1/rules",
            "GET /v1/rules/{source}/{file}/{group}", "PUT /v1/rules/{source}/{file}/{group}",
            "DELETE /v1/rules/{source}/{file}/{group}", "POST /v1/rules/check",
            "GET /v1/alerts", "GET /v1/alerts/{fingerprint}", "POST /v1/alerts/{fingerprint}/acknowledge",
            "GET /api/v2/silences", "POST /api/v2/silences", "DELETE /api/v2/silence/{id}", "GET /api/v2/alerts",
            "POST /api/v2/alerts", "GET /api/v2/status",
            "GET /v1/deliveries", "POST /v1/deliveries/{id}/redeliver",
            "GET /v1/retraining/runs", "POST /v1/retraining/{policy}/start", "POST /v1/retraining/runs/{id}/status",
            "GET /healthz", "GET /readyz", "GET /metrics", "GET /openapi.yaml",
        ].map { text in
            let parts = text.split(separator: " ").map(String.init)
            return ContractRoutes.Route(method: parts[0], path: parts[1])
        }
    }
}
