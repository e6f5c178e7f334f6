package import Logging
import Postgres
import Store

/// Makes keys from the command line, with the service running or not.
package struct KeyCreation {
    private let settings: Settings
    private let logger: Logger

    package init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Makes a key and returns its text, which is shown this once.
    ///
    /// With an embedded cluster the running one is used, or it is started for the moment.
    package func create(name: String) async throws -> String {
        if settings.databaseURL == nil, let url = EmbeddedCluster.runningConnectionString(dataFolder: settings.data) {
            return try await create(name, PostgresPool(PostgresConfiguration(connectionString: url)))
        }
        let database = try await Database.open(settings, logger: logger)
        let key = try await create(name, database.pool)
        try await database.cluster?.stop(within: .seconds(8))
        return key
    }

    private func create(_ name: String, _ pool: PostgresPool) async throws -> String {
        do {
            try await Migrator(pool: pool).migrate()
            let key = try await KeyRing.create(name: name, in: Store(pool: pool), at: WallClock().now.time)
            await pool.close()
            return key
        } catch {
            await pool.close()
            throw error
        }
    }
}

extension EmbeddedCluster {
    /// How to reach the cluster of a data folder, if it runs.
    static func runningConnectionString(dataFolder: String) -> String? {
        let cluster = EmbeddedCluster(dataFolder: dataFolder)
        return cluster.serverProcess == nil ? nil : cluster.connectionString
    }
}
