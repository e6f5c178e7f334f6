import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// One service for all tests of a suite, which must have stored in the end exactly what it said that it stored.
struct HostileService: SuiteTrait, TestScoping {
    static let model = "m"

    /// The service that the tests of the suite send to.
    @TaskLocal static var current: Target?

    /// Where it is, and what it has acknowledged.
    final class Target: Sendable {
        let port: Int
        let client: ServiceClient
        /// A key of the service.
        let key: String
        private let rows = Mutex(0)

        init(port: Int, client: ServiceClient, key: String) {
            self.port = port
            self.client = client
            self.key = key
        }

        var acknowledged: Int { rows.withLock { $0 } }

        /// Sends an input and checks its answer, and that the service lives.
        func check(_ input: HostileInput, _ location: SourceLocation = #_sourceLocation) async throws {
            let exchange = try await RawExchange.send([input.bytes()], to: port)
            let status = try #require(exchange.status, "no answer: \(exchange.answer)", sourceLocation: location)
            #expect(input.statuses.contains(status), "\(exchange.answer.prefix(600))", sourceLocation: location)
            #expect(exchange.isClosed, "the connection stays open", sourceLocation: location)
            #expect(await client.isReady(), "the service is gone", sourceLocation: location)
            let isProblem = exchange.answer.lowercased().contains("content-type: application/problem+json")
            let body = exchange.answer.range(of: "\r\n\r\n").map { exchange.answer[$0.upperBound...] } ?? ""
            guard isProblem || input.accepted != nil else { return }
            let document = try JSONNode(parsing: Array(body.utf8))
            if isProblem { #expect(document["status"]?.int64 == Int64(status), sourceLocation: location) }
            let accepted = Int(document["accepted"]?.int64 ?? 0)
            if let expected = input.accepted { #expect(accepted == expected, "\(body)", sourceLocation: location) }
            rows.withLock { $0 += accepted }
        }
    }

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Service.with { service in
            try await service.client.call(
                "PUT", "/v1/models/\(Self.model)",
                [
                    "task": "binary", "classes": ["0", "1"], "positive_class": "1",
                    "features": [
                        "age": ["type": "numeric"], "job": ["type": "categorical"],
                        "v": ["type": "embedding", "dimension": 3],
                    ],
                ])
            let made = try await service.run(["keys", "create", "--data", "\(service.folder)/data"])
            let key = made.output.split(separator: "\n").last.map(String.init) ?? ""
            let target = Target(port: service.port, client: service.client, key: key)
            try await Self.$current.withValue(target) { try await function() }
            let stored = try await service.ownDatabase.number("SELECT count(*) FROM prediction")
            #expect(stored == target.acknowledged, "what is stored is what was acknowledged")
            #expect(!service.log.contains(key), "no key is logged")
        }
    }

    /// Sends an input to the suite's service.
    static func check(_ input: HostileInput, _ location: SourceLocation = #_sourceLocation) async throws {
        try await #require(current, "the suite has its service").check(input, location)
    }
}
