import Logging
import Postgres
import ServiceLifecycle
import Store

/// The database that the service works on: its own cluster, or a server that the settings name.
struct Database: Service {
    /// The service's own cluster, nil with a server of somebody else's.
    let cluster: EmbeddedCluster?
    let pool: PostgresPool
    /// Where its tables lie.
    let layout: StoreLayout
    /// Whether an acknowledged row could be lost in a crash, when the server was reached.
    let durability: Durability

    /// Starts or reaches the server, and brings its schema up to date.
    static func open(_ settings: Settings, logger: Logger) async throws -> Database {
        var cluster: EmbeddedCluster?
        let url: String
        if let given = settings.databaseURL {
            url = given
        } else {
            let own = EmbeddedCluster(dataFolder: settings.data, logger: logger)
            url = try await own.start()
            cluster = own
        }
        let pool = PostgresPool(PostgresConfiguration(connectionString: url))
        let migrator = Migrator(pool: pool)
        try await migrator.migrate()
        let layout = try await migrator.layout()
        let durability = try await pool.withConnection { connection throws(PostgresError) in
            try await connection.durability()
        }
        durability.log(by: logger)
        return Database(cluster: cluster, pool: pool, layout: layout, durability: durability)
    }

    /// Watches over the cluster until shutdown, when nobody works on it any more; then closes the connections and stops it.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let cluster { group.addTask { try await cluster.run() } }
            group.addTask { try await pool.run() }
            try await group.waitForAll()
        }
    }
}
