import Postgres
import Store
import TestSupport

/// A pool on a new schema that is migrated.
enum TestServerPool {
    static func with(_ body: (PostgresPool) async throws -> Void) async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await body(pool)
        }
    }
}
