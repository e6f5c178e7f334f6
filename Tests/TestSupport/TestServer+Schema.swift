import Foundation
package import Postgres
package import Store

extension TestServer {
    /// The servers of the Citus cluster whose coordinator the tests use, the coordinator first; none where it is no cluster.
    ///
    /// `scripts/with-citus` sets the variable.
    package static var nodes: [String] {
        let list = ProcessInfo.processInfo.environment["DRIFTLINE_TEST_CITUS"] ?? ""
        return list.split(separator: " ").map(String.init)
    }

    /// Whether tests distribute the schemas that they make.
    package static var isCluster: Bool { !nodes.isEmpty }

    /// Makes the tables in an empty schema, distributed where the server is a cluster's coordinator.
    @discardableResult
    package static func migrate(_ pool: PostgresPool) async throws -> StoreLayout {
        let migrator = Migrator(pool: pool)
        // Few shards: making them is most of what a short test would do.
        if isCluster { try await migrator.distribute(shards: 4) } else { try await migrator.migrate() }
        return try await migrator.layout()
    }
}
