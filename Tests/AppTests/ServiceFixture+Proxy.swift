import Postgres
import TestSupport

extension ServiceFixture {
    /// Runs the body with a service on a new schema whose connections pass a proxy, and with a pool that does not.
    static func behindProxy(
        _ body: @escaping @Sendable (ServiceFixture, CuttingProxy, PostgresPool) async throws -> Void
    ) async throws {
        try await TestServer.withSchema { direct in
            try await CuttingProxy.with(before: direct) { proxy, through in
                let (pool, aside) = (PostgresPool(through), PostgresPool(direct))
                let outcome: Result<Void, any Error>
                do {
                    try await TestServer.migrate(pool)
                    try await on(pool) { service in try await body(service, proxy, aside) }
                    outcome = .success(())
                } catch { outcome = .failure(error) }
                await pool.close()
                await aside.close()
                try outcome.get()
            }
        }
    }
}
