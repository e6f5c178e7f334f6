import App
import ArgumentParser
import Logging

/// Where the service's database is, for commands that reach it without the service.
struct StoreOptions: ParsableArguments {
    @Option(help: "The data folder of the service.") var data: String?
    @Option(help: "The settings file of the service.") var config: String?
    @Option(name: .customLong("database-url"), help: "The PostgreSQL server of the service.") var databaseURL: String?

    /// The settings that the service itself would have, and a logger that tells of trouble alone.
    func settings() throws -> (Settings, Logger) {
        let flags = ["data": data, "config": config, "database_url": databaseURL]
        var logger = Logger(label: "driftline")
        logger.logLevel = .warning
        return (
            try Settings.read(flags: flags.compactMapValues(\.self), environment: ProcessEnvironment.variables), logger
        )
    }
}
