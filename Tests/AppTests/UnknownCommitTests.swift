import App
import HTTPTypes
import JSON
import Postgres
import Store
import TestSupport
import Testing

/// Connections to the database that are lost while a COMMIT is on its way.
@Suite(.timeLimit(.minutes(15)))
struct UnknownCommitTests {
    /// Runs the body with a service whose connections pass a proxy, and with a pool that does not.
    private static func with(
        _ body: @escaping @Sendable (ServiceFixture, CuttingProxy, PostgresPool) async throws -> Void
    ) async throws {
        try await ServiceFixture.behindProxy { service, proxy, aside in
            _ = try await service.call(
                .put, "/v1/models/m", #"{"task": "none", "features": {"x": {"type": "numeric"}}}"#)
            // The partitions of the week are made before anything is cut.
            _ = try await service.call(.post, "/v1/models/m/predictions", row("first"))
            try await body(service, proxy, aside)
        }
    }

    private static func row(_ id: String) -> String {
        #"{"prediction_id":"\#(id)","timestamp":"2026-02-28T10:00:00Z","features":{"x":1}}"#
    }

    private static func count(_ pool: PostgresPool) async throws -> Int {
        try await pool.query(Statement("test.rows", "SELECT count(*) FROM prediction"), []) {
            row throws(PostgresError) in try row.int(0)
        }[0]
    }

    @Test(arguments: CuttingProxy.Cut.allCases)
    func `rows whose COMMIT was not answered are stored once and told truly`(cut: CuttingProxy.Cut) async throws {
        try await Self.with { service, proxy, aside in
            for round in 1...10 {
                proxy.arm(cut)
                let answer = try await service.call(.post, "/v1/models/m/predictions", Self.row("r\(round)"))
                #expect(answer.status == 200 && answer.body["accepted"]?.int64 == 1, "\(answer.body)")
                #expect(proxy.cuts == round)
                #expect(try await Self.count(aside) == round + 1)
            }
            let window = try await service.call(.get, "/v1/models/m/windows?length=24h&end=2026-03-01T00:00:00Z")
            #expect(window.body["predictions"]?.int64 == 11)
        }
    }

    @Test(arguments: CuttingProxy.Cut.allCases)
    func `a request with a key whose COMMIT was not answered is answered the same when repeated`(
        cut: CuttingProxy.Cut
    ) async throws {
        try await Self.with { service, proxy, aside in
            let key = HTTPField(name: try #require(HTTPField.Name("Idempotency-Key")), value: "\"k-1\"")
            let body = #"[{"timestamp":"2026-02-28T10:00:00Z","features":{"x":1}},{"features":{"x":2}}]"#
            proxy.arm(cut)
            let first = try await service.call(
                .post, "/v1/models/m/predictions", body, headers: HTTPFields([key]))
            let again = try await service.call(
                .post, "/v1/models/m/predictions", body, headers: HTTPFields([key]))
            #expect(first.status == 200 && again.status == 200 && first.body == again.body)
            #expect(try await Self.count(aside) == 3)
        }
    }
}
