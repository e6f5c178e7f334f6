package import Logging
import Postgres
import Store

/// Brings the service's database to the schema of this program, from the command line.
package struct Migration {
    private let settings: Settings
    private let logger: Logger

    package init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// What was done.
    package struct Result: Sendable {
        /// How many steps of the schema were taken.
        package var steps: Int
        /// How many tables were distributed over a cluster; nil when that was not asked for.
        package var distributed: Int?
    }

    /// Takes the steps that are missing. With an embedded cluster the running one is used, or it is started for the moment.
    package func run() async throws -> Result {
        if let url = runningServer { return Result(steps: try await Self.migrate(url)) }
        let own = EmbeddedCluster(dataFolder: settings.data, logger: logger)
        let steps: Int
        do {
            steps = try await Self.migrate(try await own.start())
        } catch {
            try await own.stop(within: .seconds(8))
            throw error
        }
        try await own.stop(within: .seconds(8))
        return Result(steps: steps)
    }

    /// Takes the steps that are missing, and distributes the tables over the cluster that the server coordinates.
    /// - Parameter shards: into how many parts a table is cut; nil for what the server is set to.
    /// - Returns: what was done.
    /// - Throws: `DistributionError` and `SettingsError`, which say what is missing.
    package func distribute(shards: Int32?) async throws -> Result {
        guard let url = settings.databaseURL else {
            throw SettingsError(mistakes: [
                "database_url: the service's own PostgreSQL has one server; name the coordinator of a Citus cluster"
            ])
        }
        return try await Self.closing(url) { migrator in
            let done = try await migrator.distribute(shards: shards)
            return Result(steps: done.steps, distributed: done.tables)
        }
    }

    private var runningServer: String? {
        settings.databaseURL ?? EmbeddedCluster.runningConnectionString(dataFolder: settings.data)
    }

    private static func migrate(_ url: String) async throws -> Int {
        try await closing(url) { try await $0.migrate() }
    }

    private static func closing<Value>(_ url: String, _ body: (Migrator) async throws -> Value) async throws -> Value {
        let pool = PostgresPool(PostgresConfiguration(connectionString: url))
        do {
            let value = try await body(Migrator(pool: pool))
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }
}
