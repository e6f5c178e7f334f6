import App
import ArgumentParser

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
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let shards {
            guard citus else { throw ValidationError("--shards is for --citus") }
            guard (1...4096).contains(shards) else { throw ValidationError("--shards is from 1 to 4096") }
        }
    }

    func run() async throws {
        try await Serve.reporting {
            let (settings, logger) = try store.settings()
            let migration = Migration(settings, logger: logger)
            let done = citus ? try await migration.distribute(shards: shards) : try await migration.run()
            print(done.steps == 0 ? "The schema was up to date." : "Steps of the schema taken: \(done.steps).")
            if let tables = done.distributed {
                print(tables == 0 ? "The tables were distributed already." : "Tables distributed: \(tables).")
            }
        }
    }
}
