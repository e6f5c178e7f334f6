import App
import ArgumentParser
import Logging

/// Brings the database to the schema of this program.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database to the schema of this program.",
        discussion: """
            `serve` does so by itself. With --citus the log, the identities and the panes are distributed over the servers of \
            the Citus cluster whose coordinator the database URL names; see docs/citus.md. May be called again at any time.
            """)

    @Flag(help: "Distribute the tables over a Citus cluster. The service must not run.") var citus = false
    @Option(help: "With --citus: into how many shards a table is cut, 1 to 4096. Citus's own setting otherwise.")
    var shards: Int32?
    @Option(help: "The data folder of the service.") var data: String?
    @Option(help: "The settings file of the service.") var config: String?
    @Option(name: .customLong("database-url"), help: "The PostgreSQL server of the service.") var databaseURL: String?

    func validate() throws {
        if let shards {
            guard citus else { throw ValidationError("--shards is for --citus") }
            guard (1...4096).contains(shards) else { throw ValidationError("--shards is from 1 to 4096") }
        }
    }

    func run() async throws {
        let flags = ["data": data, "config": config, "database_url": databaseURL]
        try await Serve.reporting {
            let settings = try Settings.read(
                flags: flags.compactMapValues(\.self), environment: ProcessEnvironment.variables)
            var logger = Logger(label: "driftline")
            logger.logLevel = .warning
            let migration = Migration(settings, logger: logger)
            let done = citus ? try await migration.distribute(shards: shards) : try await migration.run()
            print(done.steps == 0 ? "The schema was up to date." : "Steps of the schema taken: \(done.steps).")
            if let tables = done.distributed {
                print(tables == 0 ? "The tables were distributed already." : "Tables distributed: \(tables).")
            }
        }
    }
}
